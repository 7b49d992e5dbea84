import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { useCommands } from "../../lib/commands";
import { useTexts } from "../../lib/texts";
import type { BatchDetail, ChangeBatch } from "./api/batch";
import { useMakeReview } from "./api/disputes";
import { workPath } from "./model/work";
import { texts } from "./texts";

/** What can be done with a batch, by button and by key. */
export function Verbs({ detail, change }: { detail: BatchDetail; change: ChangeBatch }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const review = useMakeReview(project.slug);
  const [closing, setClosing] = useState(false);
  const { batch } = detail;
  const working = batch.may_work && batch.accepted < batch.places;
  const toWork = workPath(project.slug, batch);
  const next = batch.state === "open" ? "paused" : "open";
  useCommands({
    name: "batch",
    title: batch.name,
    commands: [
      { name: "work", label: t.work, keys: ["Enter"], perform: () => navigate(toWork), enabled: working },
      {
        name: "pause",
        label: next === "paused" ? t.pause : t.resume,
        keys: ["KeyP"],
        perform: () => change.mutate({ state: next }),
        enabled: lead && batch.state !== "closed",
      },
    ],
  });
  return (
    <>
      {lead && batch.kind === "label" && (
        <Button component={Link} to={`/p/${project.slug}/batches/new?batch=${batch.id}`}>
          {t.duplicate}
        </Button>
      )}
      {lead && batch.kind === "label" && batch.accepted > 0 && (
        <Button
          loading={review.isPending}
          onClick={() =>
            review.mutate(
              { batch: batch.id, share: 0.1, key: crypto.randomUUID() },
              { onSuccess: (made) => void navigate(`/p/${project.slug}/batches/${made.id}`) },
            )
          }
        >
          {t.review}
        </Button>
      )}
      {lead && batch.state !== "closed" && (
        <>
          <Button color="red" variant="subtle" onClick={() => setClosing(true)}>
            {t.close}
          </Button>
          <Button
            leftSection={
              next === "paused" ? (
                <IconPlayerPause size={15} stroke={1.6} />
              ) : (
                <IconPlayerPlay size={15} stroke={1.6} />
              )
            }
            rightSection={<Keycap chord="KeyP" />}
            loading={change.isPending}
            onClick={() => change.mutate({ state: next })}
          >
            {next === "paused" ? t.pause : t.resume}
          </Button>
        </>
      )}
      {working && (
        <Button component={Link} to={toWork} variant="filled" rightSection={<Keycap chord="Enter" />}>
          {t.work}
        </Button>
      )}
      {review.error && <ErrorPanel error={review.error} />}
      <ConfirmDialog
        opened={closing}
        close={() => setClosing(false)}
        title={t.closeSure}
        why={t.closeWhy}
        keep={t.cancel}
        perform={t.close}
        onPerform={() => change.mutate({ state: "closed" })}
      />
    </>
  );
}
