import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from "@tabler/icons-react";
import { saving, waitingIn } from "../lib/saving";
import { useStore } from "../lib/store";
import { defineTexts, plural, useTexts } from "../lib/texts";
import classes from "./OutboxState.module.css";

const texts = defineTexts(
  {
    saved: "All saved",
    here: "Saved here",
    waiting: (n: number) => `${n} waiting`,
    sending: "saved here, sending",
    unreachable: "saved here, server away",
    refused: (n: number) => `${plural(n, "submission")} refused`,
  },
  {
    saved: "已全部保存",
    here: "已存本地",
    waiting: (n: number) => `${n} 项待发送`,
    sending: "已存本地，发送中",
    unreachable: "已存本地，服务器不可达",
    refused: (n: number) => `${n} 项提交被拒绝`,
  },
);

/** Whether everything a person made has reached the server; what has not is kept in this browser. */
export function OutboxState() {
  const now = useStore(saving);
  const t = useTexts(texts);
  const waiting = waitingIn(now) - (now.waiting.draft ?? 0);
  if (now.refused > 0)
    return (
      <span className={classes.state} data-tone="bad" role="status">
        <IconAlertTriangle size={16} stroke={1.6} /> {t.refused(now.refused)}
      </span>
    );
  if (waiting > 0)
    return (
      <span className={classes.state} data-tone="warn" role="status">
        <IconCloudUp size={16} stroke={1.6} /> <b>{t.waiting(waiting)}</b>{" "}
        {now.unreachable ? t.unreachable : t.sending}
      </span>
    );
  // A draft on its way is the ordinary state of somebody who types; it lies in this browser already.
  if (now.waiting.draft)
    return (
      <span className={classes.state} role="status">
        <IconCloudUp size={16} stroke={1.6} /> {now.unreachable ? t.unreachable : t.here}
      </span>
    );
  return (
    <span className={classes.state} data-tone="ok" role="status">
      <IconCloudCheck size={16} stroke={1.6} /> {t.saved}
    </span>
  );
}
