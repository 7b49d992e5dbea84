import { percent } from "../../../lib/format";
import { nameIn, useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import type { AspectRow } from "../api/shapes";
import type { OpenDesk } from "../model/useDesk";
import { texts } from "../texts";

/** Through a further round of practice: on which aspects the last one was below what the batch asks for. */
export function PracticeAgain({ open, aspects }: { open: OpenDesk; aspects: readonly AspectRow[] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const practice = useStore(open.desk.state).progress?.practice;
  if (!practice || practice.below.length === 0 || practice.floor === null) return null;
  const names = practice.below.map((key) =>
    nameIn(aspects.find((each) => each.key === key)?.names, locale, key),
  );
  return (
    <div className="alert warn" role="status">
      <span>
        <b>{t.practiceAgainTitle}</b> {t.practiceAgainWhy(percent(practice.floor), t.listed(names))}
      </span>
    </div>
  );
}
