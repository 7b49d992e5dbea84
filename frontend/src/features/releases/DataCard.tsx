import { IconCheck, IconFlag, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Card, cardQuery } from "./api/card";
import classes from "./releases.module.css";
import { SPLITS } from "./splits";
import { texts } from "./texts";

/** The server's words for codes, or the code where a newer server has one more. */
const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;

function Panel({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="panel">
      <div className="ph">
        <h2>{title}</h2>
        <span className="sp" />
        {note && <span className="s t3">{note}</span>}
      </div>
      <div className="pb">{children}</div>
    </section>
  );
}

function Gates({ card }: { card: Card }) {
  const t = useTexts(texts);
  return (
    <Panel title={t.gatesTitle} note={t.gatesNote}>
      {card.gates.map((gate) => (
        <div key={gate.gate} className={classes.gate}>
          {gate.state === "passed" && <IconCheck size={16} className="ok" />}
          {gate.state === "waived" && <IconFlag size={16} className="warn" />}
          {gate.state === "failed" && <IconX size={16} className="bad" />}
          <span className="sp">
            <b>{wordOf(t.gate, gate.gate)}</b>
          </span>
          <span className="s t2 nw">{number(gate.count)}</span>
          <span
            className={`badge ${gate.state === "passed" ? "ok" : gate.state === "waived" ? "warn" : "bad"}`}
          >
            {wordOf(t.gateState, gate.state)}
          </span>
        </div>
      ))}
    </Panel>
  );
}

function Defects({ card }: { card: Card }) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const share = (part: number, whole: number) => (whole === 0 ? "–" : percent(part / whole, 1));
  return (
    <Panel title={t.splitsTitle} note={t.splitsNote(String(card.seed))}>
      <table className="tbl">
        <thead>
          <tr>
            <th />
            {SPLITS.map((split) => (
              <th key={split} className="r">
                {t[split]}
              </th>
            ))}
            <th className="r">{t.agreement}</th>
          </tr>
        </thead>
        <tbody>
          {(["questions", "samples", "families"] as const).map((what) => (
            <tr key={what}>
              <td className="b">{t[what]}</td>
              {SPLITS.map((split) => (
                <td key={split} className="r">
                  {number(card[what][split] ?? 0)}
                </td>
              ))}
              <td />
            </tr>
          ))}
          <tr>
            <td colSpan={5} className="s t2">
              {t.defectShare}
            </td>
          </tr>
          {card.aspects.map((each) => (
            <tr key={each.aspect}>
              <td>{aspectName(each.aspect)}</td>
              {SPLITS.map((split) => {
                const [part, whole] = [each.with_defect[split] ?? 0, each.questions[split] ?? 0];
                return (
                  <td key={split} className="r" title={t.ofTotal(number(part), number(whole))}>
                    {share(part, whole)}
                  </td>
                );
              })}
              <td className="r">{each.agreement === null ? "–" : each.agreement.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Counts(props: {
  title: string;
  counts: Readonly<Record<string, number>>;
  words?: Record<string, string>;
}) {
  const t = useTexts(texts);
  const total = Object.values(props.counts).reduce((sum, count) => sum + count, 0);
  const rows = Object.entries(props.counts).sort(([one, a], [other, b]) => b - a || one.localeCompare(other));
  return (
    <div className="col gap2">
      <h3>{props.title}</h3>
      {rows.length === 0 && <span className="t3">{t.nothing}</span>}
      {rows.map(([name, count]) => (
        <div key={name} className="row">
          <span className={`sp clip ${name ? "" : "t3"}`} title={name}>
            {name ? wordOf(props.words ?? {}, name) : t.notRecorded}
          </span>
          <span className="r nw">{number(count)}</span>
          <span className="r t3 s" style={{ width: 46 }}>
            {percent(count / total)}
          </span>
        </div>
      ))}
    </div>
  );
}

function Provenance({ card }: { card: Card }) {
  const t = useTexts(texts);
  const ways = Object.fromEntries(
    card.ways.map((each) => [
      `${wordOf(t.way, each.way)} · ${wordOf(t.stage, each.stage)}${each.sandbox ? ` · ${t.sandboxWord}` : ""}`,
      each.rationales,
    ]),
  );
  return (
    <Panel title={t.provenance}>
      <div className={classes.counts}>
        <Counts title={t.sources} counts={card.sources} words={t.source} />
        <Counts title={t.opinions} counts={card.opinions} />
        <Counts title={t.rationales} counts={ways} />
        <Counts title={t.generators} counts={card.generators} />
        <Counts title={t.origins} counts={card.origins} />
        <Counts title={t.licences} counts={card.licences} />
      </div>
    </Panel>
  );
}

function Limits({ card }: { card: Card }) {
  const t = useTexts(texts);
  return (
    <Panel title={t.limits}>
      <ul className={classes.limits}>
        {card.limits.map((each) => (
          <li key={each.limit}>
            <b>{t.ofTotal(number(each.count), number(each.total))}</b> {wordOf(t.limit, each.limit)}
          </li>
        ))}
        <li>{t.limitOverall}</li>
      </ul>
    </Panel>
  );
}

/** The data card in two columns' worth: what it holds and where that came from; what one may trust of it. */
export function DataCard({ release, part }: { release: string; part: "facts" | "trust" }) {
  const t = useTexts(texts);
  const project = useProject();
  const card = useQuery(cardQuery(project.slug, release));
  if (card.isPending) return <Loading what={t.readingCard} />;
  if (card.error) return <ErrorPanel error={card.error} retry={() => void card.refetch()} />;
  if (part === "trust")
    return (
      <>
        <Gates card={card.data} />
        <Limits card={card.data} />
      </>
    );
  return (
    <>
      <Defects card={card.data} />
      <Provenance card={card.data} />
    </>
  );
}
