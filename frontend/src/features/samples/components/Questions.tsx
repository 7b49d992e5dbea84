import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { percent } from "../../../lib/format";
import { isSeverity } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { Life } from "../api/life";
import classes from "../samples.module.css";
import { texts } from "../texts";

/** Where each question stands: cells, answer, where it comes from, and what the model would say where it differs. */
export function Questions({ life, nameOf }: { life: Life; nameOf: (aspect: string) => string }) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const slots = life.row.pictures.map((each) => each.slot).filter((slot) => slot !== "O");
  const trained = Object.keys(life.training).length > 0;
  return (
    <section className="panel">
      <table className={`tbl ${classes.questions}`}>
        <thead>
          <tr>
            <th />
            {slots.map((slot) => (
              <th key={slot}>{slot}</th>
            ))}
            <th>{t.answer}</th>
            <th>{t.source}</th>
            <th className="r">{t.opinions}</th>
            {trained && <th>{t.seenInTraining}</th>}
          </tr>
        </thead>
        <tbody>
          {life.questions.map((each) => (
            <tr key={each.aspect}>
              <td className={classes.wraps}>
                <b>{nameOf(each.aspect)}</b>
              </td>
              {slots.map((slot) => {
                const severity = life.cells[slot]?.[each.aspect];
                const mark = isSeverity(severity) ? severity : "todo";
                return (
                  <td key={slot}>
                    <span className={`cell ${mark} ${classes.cell}`} title={said[mark]}>
                      <SeverityGlyph mark={mark} size={11} />
                    </span>
                  </td>
                );
              })}
              <td className={classes.wraps}>
                <Answer slots={each.answer} />
                {each.disputed && <span className="badge warn">{t.disputedOn(each.tied.join(" "))}</span>}
                {each.model && each.answer && each.model.join("") !== each.answer.join("") && (
                  <span className="badge info" title={t.modelWhy}>
                    {t.modelSays(each.model.join(" ") || t.nobody, percent(each.model_confidence ?? 0))}
                  </span>
                )}
              </td>
              <td className={`t2 ${classes.wraps}`}>{t.sources[each.source] ?? each.source}</td>
              <td className="r">
                {each.opinions || "–"}
                {each.agreement !== null && <span className="t3"> · {percent(each.agreement)}</span>}
              </td>
              {trained && <td>{life.training[each.aspect] ?? <span className="t3">–</span>}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Answer({ slots }: { slots: readonly string[] | null }) {
  const t = useTexts(texts);
  if (slots === null) return <span className="t3">{t.open} </span>;
  if (slots.length === 0) return <span>{t.nobody} </span>;
  return (
    <>
      {slots.map((slot) => (
        <span key={slot} className="slot" style={{ marginRight: 3 }}>
          {slot}
        </span>
      ))}
    </>
  );
}
