import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Dialog } from "../../../components/Dialog";
import { Keycap } from "../../../components/Keycap";
import { useCommands } from "../../../lib/commands";
import { useTexts } from "../../../lib/texts";
import type { SkipReason } from "../api/shapes";
import type { DeskActions } from "../model/desk";
import type { useDraft } from "../model/useDraft";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

const REASONS: readonly SkipReason[] = [
  "broken_picture",
  "unclear_guideline",
  "not_my_field",
  "inappropriate",
  "other",
];

interface Props {
  readonly desk: Pick<DeskActions, "skip">;
  readonly draft: Pick<ReturnType<typeof useDraft>, "stop">;
  readonly onClose: () => void;
}

/** The piece goes, and what was begun of it is kept no longer. */
export function passOn(desk: Props["desk"], draft: Props["draft"], reason: SkipReason, note = ""): void {
  draft.stop();
  desk
    .skip(reason, note)
    .catch((error: Error) => notifications.show({ color: "red", message: error.message }));
}

/** `S`, then a digit: why this sample is passed on. */
export function SkipDialog({ desk, draft, onClose }: Props) {
  const t = useTexts(texts);
  const [other, setOther] = useState(false);
  const [note, setNote] = useState("");
  const skip = (reason: SkipReason, note?: string) => {
    onClose();
    passOn(desk, draft, reason, note);
  };
  const choose = (reason: SkipReason) => (reason === "other" ? setOther(true) : skip(reason));
  useCommands({
    name: "skip",
    title: t.skipScope,
    exclusive: true,
    commands: REASONS.map((reason, index) => ({
      name: reason,
      label: t.skipReasons[reason],
      keys: [`Digit${index + 1}`],
      keyOnly: true,
      perform: () => choose(reason),
    })),
  });
  return (
    <Dialog onClose={onClose} title={t.skipTitle} size="sm">
      {other ? (
        <form
          className={classes.skip}
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim()) skip("other", note.trim());
          }}
        >
          <TextInput
            data-autofocus
            autoFocus
            label={t.skipNote}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button type="submit" variant="filled" disabled={!note.trim()}>
            {t.skipConfirm}
          </Button>
        </form>
      ) : (
        <div className={classes.skip}>
          {REASONS.map((reason, index) => (
            <button key={reason} type="button" onClick={() => choose(reason)}>
              <Keycap chord={`Digit${index + 1}`} />
              {t.skipReasons[reason]}
            </button>
          ))}
        </div>
      )}
    </Dialog>
  );
}
