import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem } from "../api/problem";
import { defineTexts, useTexts } from "../lib/texts";

const texts = defineTexts(
  { again: "Try again", unknown: "This could not be loaded.", away: "The server cannot be reached." },
  { again: "重试", unknown: "无法加载。", away: "无法连接服务器。" },
);

/** What was refused or went wrong, in the server's own sentence, and a way on. */
export function ErrorPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTexts(texts);
  const away = error instanceof ApiProblem && error.status === 0;
  const title = away ? t.away : error instanceof Error ? error.message : t.unknown;
  return (
    <div className="alert bad" role="alert">
      <IconAlertTriangle size={16} />
      <span className="sp">{title}</span>
      {retry && (
        <Button size="compact-sm" onClick={retry}>
          {t.again}
        </Button>
      )}
    </div>
  );
}
