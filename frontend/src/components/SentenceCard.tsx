import { IconAlertTriangle, IconMarquee2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Mark } from "../lib/severity";
import classes from "./SentenceCard.module.css";
import { SeverityGlyph } from "./SeverityGlyph";

interface Props {
  readonly number: number;
  readonly letter?: string | null;
  readonly aspect?: string | null;
  readonly mark?: Mark;
  readonly regions?: readonly string[];
  readonly aside?: ReactNode;
  /** What is wrong with this sentence. */
  readonly faults?: readonly string[];
  readonly focused?: boolean;
  readonly missing?: boolean;
  readonly children: ReactNode;
  readonly onFocus?: () => void;
}

/** One sentence of a rationale with what it speaks about. */
export function SentenceCard(props: Props) {
  return (
    <article
      className={classes.card}
      data-focus={props.focused || undefined}
      data-missing={props.missing || undefined}
      onFocus={props.onFocus}
    >
      <div className={classes.head}>
        <span className={classes.number}>{props.number}</span>
        {(props.letter || props.aspect) && (
          <span className={classes.tag}>
            {props.letter && <span className="slot">{props.letter}</span>}
            {props.aspect && (
              <span className={`sev ${props.mark ?? "todo"}`}>
                {props.mark && <SeverityGlyph mark={props.mark} />}
                {props.aspect}
              </span>
            )}
          </span>
        )}
        {props.regions?.map((region) => (
          <span key={region} className={classes.tag}>
            <IconMarquee2 size={14} stroke={1.5} />
            {region}
          </span>
        ))}
        <span className="sp" />
        {props.aside}
      </div>
      {props.children}
      {props.faults?.map((fault) => (
        <div key={fault} className={classes.fault}>
          <IconAlertTriangle size={15} stroke={1.6} />
          <span>{fault}</span>
        </div>
      ))}
    </article>
  );
}
