import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { defineTexts, useTexts } from "../lib/texts";

const texts = defineTexts(
  {
    again: "Try again",
    unknown: "This could not be loaded.",
  },
  {
    again: "重试",
    unknown: "无法加载。",
  },
);

/** What was refused or went wrong, in the server's own sentence, and a way on. */
export function ErrorPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTexts(texts);
  return (
    <div className="alert bad" role="alert">
      <IconAlertTriangle size={16} />
      <span className="sp">{error instanceof Error ? error.message : t.unknown}</span>
      {retry && (
        <Button size="compact-sm" onClick={retry}>
          {t.again}
        </Button>
      )}
    </div>
  );
}
