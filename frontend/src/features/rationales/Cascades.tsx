import { ActionIcon } from "@mantine/core";
import { IconChevronRight, IconUser, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { SandboxTag } from "../../components/SandboxTag";
import { money, number, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Cascade, cascadesQuery, useCancelCascade } from "./api/cascades";
import classes from "./rationales.module.css";
import { texts } from "./texts";

function Rungs({ cascade }: { cascade: Cascade }) {
  const t = useTexts(texts);
  const project = useProject();
  return (
    <span className={classes.rungs}>
      {cascade.rungs.map((rung, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place; the same prompt may stand on two
        <span key={place} className="row gap2">
          {place > 0 && <IconChevronRight className="t3" size={14} stroke={1.6} />}
          <span className={classes.rung}>
            <b>{rung.prompt}</b> {rung.draws > 1 && `× ${rung.draws}`} {rung.batched && `(${t.inABatch}) `}
            <span className="t2">{rung.endpoint}</span> {rung.sandbox && <SandboxTag />}
            <br />
            {rung.run ? (
              <Link className="s" to={`/p/${project.slug}/rationales/${rung.run.id}`}>
                {t.run(rung.run.number)}:{" "}
                {t.rungReady(number(rung.run.ready), number(rung.run.question_count))}
              </Link>
            ) : (
              <span className="s t3">{t.rungWaits}</span>
            )}
          </span>
        </span>
      ))}
      {cascade.then_people && (
        <span className="row gap2">
          <IconChevronRight className="t3" size={14} stroke={1.6} />
          <IconUser size={15} stroke={1.6} />
          {cascade.batch_id ? (
            <Link className="s" to={`/p/${project.slug}/batches/${cascade.batch_id}`}>
              {t.toPeople(number(cascade.left_count ?? 0))}
            </Link>
          ) : (
            <span className="s t3">
              {cascade.left_count === null ? t.rungWaits : t.leftOver(number(cascade.left_count))}
            </span>
          )}
        </span>
      )}
    </span>
  );
}

/** The project's cascades: how far each has come, rung by rung. Nothing where there is none. */
export function Cascades() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const found = useQuery(cascadesQuery(project.slug));
  const cancel = useCancelCascade(project.slug);
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  if (!found.data?.results.length) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.cascades}</h2>
      </div>
      {cancel.error && <ErrorPanel error={cancel.error} />}
      <div className={classes.cascades}>
        {found.data.results.map((cascade) => (
          <div key={cascade.id} className={classes.cascade}>
            <span>
              <b>{cascade.name}</b>
              <br />
              <span className="s t2">
                {t.states[cascade.state]} · {usd(cascade.spent)} {t.ofCap(money(cascade.cap))}
              </span>
            </span>
            <span className="sp">
              <Rungs cascade={cascade} />
              {cascade.ended_because && <span className="s t3">{cascade.ended_because}</span>}
            </span>
            {lead && cascade.state === "running" && (
              <ActionIcon
                variant="subtle"
                aria-label={t.cascadeCancel}
                title={t.cascadeCancel}
                loading={cancel.isPending}
                onClick={() => cancel.mutate(cascade.id)}
              >
                <IconX size={15} stroke={1.6} />
              </ActionIcon>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
