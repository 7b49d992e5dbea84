import { Button } from "@mantine/core";
import { useRef } from "react";
import { Keycap } from "../../../components/Keycap";
import { percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import classes from "../AgreementPage.module.css";
import type { Agreement } from "../api/agreement";
import { type By, span, toneOf, twoDigits, worstCells } from "../model/figures";
import { texts } from "../texts";

/** Where people agree least, how they differ there, and the samples. Arrows choose, Enter opens. */
export function WorstCells(props: {
  found: Agreement;
  by: By;
  nameOf: (aspect: string) => string;
  onOpen: (aspect: string, slot: string | null) => void;
}) {
  const t = useTexts(texts);
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = worstCells(props.found.aspects, props.by);
  if (rows.length === 0) return null;
  const move = (event: React.KeyboardEvent, at: number) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    body.current?.querySelectorAll<HTMLButtonElement>("button")[at + step]?.focus();
  };
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.worst}</h2>
        <span className="sp" />
        <span className="s t3 row" style={{ gap: 4 }}>
          <Keycap chord="ArrowUp" /> <Keycap chord="ArrowDown" /> {t.choose} · <Keycap chord="Enter" />{" "}
          {t.opens}
        </span>
      </div>
      <table className="tbl">
        <tbody ref={body}>
          {rows.map(({ aspect, cell, figure }, index) => (
            <tr key={`${aspect.aspect}${cell.slot}`}>
              <td>
                <span className="slot">{cell.slot}</span>
              </td>
              <td>{props.nameOf(aspect.aspect)}</td>
              <td className="r">
                <b className={toneOf(figure.value, props.by) === "low" ? "warn" : undefined}>
                  {toneOf(figure.value, props.by) === "low" && "! "}
                  {twoDigits(figure.value ?? 0)}
                </b>
              </td>
              <td className="s t2">{span(figure.low, figure.high)}</td>
              <td className={`s t2 clip ${classes.how}`}>
                {cell.difference &&
                  t.against(
                    t.said[cell.difference.one as keyof typeof t.said],
                    t.said[cell.difference.other as keyof typeof t.said],
                    percent(cell.difference.share),
                  )}
              </td>
              <td className="r">
                <Button
                  size="compact-sm"
                  onKeyDown={(event) => move(event, index)}
                  onClick={() => props.onOpen(aspect.aspect, cell.slot)}
                >
                  {t.open(cell.differing)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
