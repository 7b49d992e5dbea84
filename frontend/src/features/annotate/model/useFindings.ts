import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo } from "react";
import { isProblem } from "../../../api/problem";
import { useChecks } from "../api/rationale";
import type { bodyOf } from "./rationale";

const CHECK_AFTER_MS = 900;

interface Asked {
  readonly project: string;
  readonly assignment: number;
  readonly body: ReturnType<typeof bodyOf>;
  readonly lost: boolean;
  /** Called when the checks say that the piece is no longer this person's. */
  readonly onLost: () => void;
}

/** What the checks find in the text as it stands, once it has settled. */
export function useFindings({ project, assignment, body, lost, onLost }: Asked) {
  const [settled] = useDebouncedValue(JSON.stringify(body), CHECK_AFTER_MS);
  const asked = useMemo(() => {
    const parsed = JSON.parse(settled) as typeof body;
    return parsed.sentences.length > 0 ? parsed : null;
  }, [settled]);
  const checks = useChecks(project, assignment, lost ? null : asked);
  // The server says first that the piece is gone; the next beat would too, half a minute later.
  const gone = isProblem(checks.error, "lease_lost");
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once when it is gone, not whenever the page draws
  useEffect(() => {
    if (gone) onLost();
  }, [gone]);
  const findings = asked
    ? Object.values(checks.data?.checks ?? {}).flatMap((each) => each.findings ?? [])
    : [];
  return { findings, error: checks.error, isFetching: checks.isFetching };
}
