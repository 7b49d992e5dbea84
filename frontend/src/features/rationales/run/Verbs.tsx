import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconSquare } from "@tabler/icons-react";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { Keycap } from "../../../components/Keycap";
import { useCommands } from "../../../lib/commands";
import { useTexts } from "../../../lib/texts";
import type { RunDetail, useMoveRun } from "../api/run";
import { goesOnByItself } from "../Parts";
import { texts } from "../texts";

/** Start, pause, go on, cancel. */
export function Verbs({ detail, move }: { detail: RunDetail; move: ReturnType<typeof useMoveRun> }) {
  const t = useTexts(texts);
  const [asking, setAsking] = useState(false);
  const { state } = detail.run;
  const open = state === "planned" || state === "running" || state === "paused";
  const passes = goesOnByItself(detail.run);
  const next = state === "running" || passes ? "pause" : "start";
  const word = state === "running" ? t.pause : state === "planned" ? t.start : passes ? t.keepPaused : t.goOn;
  useCommands({
    name: "run",
    title: t.run(detail.run.number),
    commands: [
      { name: "pause", label: word, keys: ["KeyP"], perform: () => move.mutate(next), enabled: open },
    ],
  });
  if (!open) return null;
  return (
    <>
      <Button
        leftSection={
          next === "pause" ? (
            <IconPlayerPause size={15} stroke={1.6} />
          ) : (
            <IconPlayerPlay size={15} stroke={1.6} />
          )
        }
        rightSection={<Keycap chord="KeyP" />}
        variant={next === "start" ? "filled" : "default"}
        loading={move.isPending}
        onClick={() => move.mutate(next)}
      >
        {word}
      </Button>
      <Button
        color="red"
        variant="outline"
        leftSection={<IconSquare size={14} stroke={1.6} />}
        onClick={() => setAsking(true)}
      >
        {t.cancel}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t.cancelSure}
        why={t.cancelWhy}
        keep={t.keep}
        perform={t.cancel}
        onPerform={() => move.mutate("cancel")}
      />
    </>
  );
}
