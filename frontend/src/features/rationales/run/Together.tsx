import { number, percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import { texts } from "../texts";

/** What was found when the texts were read together, once the run had ended. */
export function Together({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const found = detail.examined;
  if (!found || found.texts === 0) return null;
  const early = found.points.find((each) => each.share === 0.25 && !each.discussed);
  const whole = found.points.find((each) => each.share === 1 && each.discussed);
  const share = (right: number, cells: number) => (cells ? percent(right / cells, 1) : "–");
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.together}</h2>
        <span className="s t3">{t.comparedWith(number(found.compared))}</span>
      </div>
      <dl className="kv pb">
        <dt>{t.copies}</dt>
        <dd>{t.nOf(number(found.near_duplicates), number(found.texts))}</dd>
        <dt>{t.toldEarly}</dt>
        <dd>{t.nOf(number(found.told_early), number(found.probed))}</dd>
        {early && early.cells > 0 && (
          <>
            <dt>{t.aheadRight}</dt>
            <dd>{t.againstBase(share(early.right, early.cells), share(early.base, early.cells))}</dd>
          </>
        )}
        {whole && whole.cells > 0 && (
          <>
            <dt>{t.wholeRight}</dt>
            <dd>{t.againstBase(share(whole.right, whole.cells), share(whole.base, whole.cells))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
