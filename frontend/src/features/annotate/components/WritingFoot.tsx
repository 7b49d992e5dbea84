import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Keycap } from "../../../components/Keycap";
import { useTexts } from "../../../lib/texts";
import { texts } from "../texts";
import work from "./Workspace.module.css";

interface Props {
  readonly isEmpty: boolean;
  /** Candidates of which no sentence speaks. */
  readonly missing: readonly string[];
  /** How many things the checks find. */
  readonly found: number;
  readonly checks: { readonly error: Error | null; readonly isFetching: boolean };
  readonly ready: boolean;
  onJump(): void;
  onSkip(): void;
  onSubmit(): void;
}

/** What is still to settle in a text, and handing it in. */
export function WritingFoot({ isEmpty, missing, found, checks, ready, onJump, onSkip, onSubmit }: Props) {
  const t = useTexts(texts);
  const issue = isEmpty
    ? t.needSentence
    : missing.length > 0
      ? t.missing(missing.join(", "))
      : checks.error
        ? t.checksAway
        : found > 0
          ? t.checksFound(found)
          : null;
  return (
    <>
      <div className={work.issue}>
        {!ready || issue ? (
          <>
            <IconAlertTriangle size={16} stroke={1.6} className="warn" />
            <span className="t2 clip">{issue}</span>
            <Button
              variant={ready ? "default" : "filled"}
              onClick={onJump}
              rightSection={<Keycap chord="Alt+KeyJ" />}
            >
              {t.jump}
            </Button>
          </>
        ) : (
          <>
            <IconCircleCheck size={16} stroke={1.6} className="ok" />
            <span className="t2">{checks.isFetching ? t.checking : t.checksFine}</span>
          </>
        )}
      </div>
      <Button onClick={onSkip} rightSection={<Keycap chord="Alt+KeyS" />}>
        {t.skip}
      </Button>
      <Button
        variant={ready ? "filled" : "default"}
        disabled={!ready}
        onClick={onSubmit}
        rightSection={<Keycap chord="Ctrl+Enter" />}
      >
        {t.handIn}
      </Button>
    </>
  );
}
