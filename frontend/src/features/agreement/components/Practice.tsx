import { Button, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { moment } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { useAppeal } from "../api/appeals";
import type { Mirror } from "../api/mirror";
import classes from "../People.module.css";
import { texts } from "../texts";
import { WrongCells } from "./Appeals";

type Row = Mirror["practised"][number];

/** Practice pieces on which something was not as expected, and one's word against it. */
export function Practice(props: {
  rows: readonly Row[];
  project: string;
  nameOf: (aspect: string) => string;
}) {
  const t = useTexts(texts);
  if (props.rows.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.practice}</h2>
        <span className="s t3">{t.practiceNote}</span>
      </div>
      {props.rows.map((row) => (
        <Piece key={row.assignment_id} {...props} row={row} />
      ))}
    </section>
  );
}

function Piece({ row, project, nameOf }: { row: Row; project: string; nameOf: (aspect: string) => string }) {
  const t = useTexts(texts);
  const [writing, setWriting] = useState(false);
  const [reason, setReason] = useState("");
  const appeal = useAppeal(project);
  const send = () =>
    appeal.mutate(
      { assignment: row.assignment_id, reason },
      { onError: (error) => notifications.show({ color: "red", message: error.message }) },
    );
  return (
    <div className={classes.back}>
      <span className="row">
        <span className="mono">{row.sample}</span>
        {row.appeal && (
          <span className={`badge ${row.appeal === "upheld" ? "ok" : row.appeal === "open" ? "info" : ""}`}>
            {t.appealStates[row.appeal as keyof typeof t.appealStates]}
          </span>
        )}
      </span>
      <span className="s t3 nw">{moment(row.judged_at)}</span>
      <div style={{ gridColumn: "1 / -1" }}>
        <WrongCells cells={row.wrong} nameOf={nameOf} />
      </div>
      {row.note && <p className="s t2">{row.note}</p>}
      {row.reply && <p className="s">{t.leadSays(row.reply)}</p>}
      {!row.appeal && !writing && (
        <p>
          <Button size="compact-sm" onClick={() => setWriting(true)}>
            {t.appealThis}
          </Button>
        </p>
      )}
      {!row.appeal && writing && (
        <div className="row" style={{ gridColumn: "1 / -1" }}>
          <Textarea
            className="sp"
            size="xs"
            autosize
            minRows={1}
            maxRows={4}
            autoFocus
            placeholder={t.appealWhy}
            aria-label={t.appealWhy}
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            size="compact-sm"
            variant="filled"
            disabled={!reason.trim()}
            loading={appeal.isPending}
            onClick={send}
          >
            {t.sendAppeal}
          </Button>
        </div>
      )}
    </div>
  );
}
