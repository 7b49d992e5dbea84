import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconTransferIn } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMay, useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { type Part, ProgressLine } from "../../components/ProgressLine";
import { SandboxTag } from "../../components/SandboxTag";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Need, type Overview, overviewQuery } from "./api/overview";
import { DemoProgress } from "./DemoProgress";
import classes from "./overview.module.css";
import { texts } from "./texts";

interface StepProps {
  readonly title: string;
  readonly to: string;
  readonly figure: string;
  readonly note: string;
  readonly parts: readonly Part[];
  readonly total: number;
  readonly lines: readonly ReactNode[];
}

function Step({ title, to, figure, note, parts, total, lines }: StepProps) {
  return (
    <Link to={to} className={classes.step}>
      <span className="s t2">{title}</span>
      <span className="fig clip">{figure}</span>
      <span className="s t3">{note}</span>
      <ProgressLine parts={parts} total={total} />
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step's lines have no other name than their place
        <span key={place} className="s t2">
          {line}
        </span>
      ))}
    </Link>
  );
}

function Loop({ found, base }: { found: Overview; base: string }) {
  const t = useTexts(texts);
  const training = found.training;
  const trained = Object.values(training).reduce((sum, count) => sum + count, 0);
  const doubtful = (training.suspect ?? 0) + (training.blocked ?? 0);
  const lots = found.lots_decided + found.lots_open;
  return (
    <section className={`panel ${classes.loop}`}>
      <Step
        title={t.import}
        to={`${base}/imports`}
        figure={number(found.samples)}
        note={t.importNote}
        parts={[
          { value: found.ready, tone: "ok" },
          { value: found.failed, tone: "bad" },
        ]}
        total={found.samples}
        lines={[
          t.ready(number(found.ready)),
          found.failed > 0 ? (
            <span key="failed" className="bad b">
              {t.failed(number(found.failed))}
            </span>
          ) : (
            found.waiting > 0 && t.waiting(number(found.waiting))
          ),
        ]}
      />
      <Step
        title={t.judge}
        to={`${base}/batches`}
        figure={number(found.judged)}
        note={t.judgeNote}
        parts={[{ value: found.judged }]}
        total={found.samples}
        lines={[t.places(number(found.open_places))]}
      />
      <Step
        title={t.consensus}
        to={`${base}/samples?disputed=yes`}
        figure={number(found.answered)}
        note={t.consensusNote}
        parts={[{ value: found.answered }, { value: found.disputed, tone: "warn" }]}
        total={found.questions}
        lines={[
          found.disputed > 0 ? (
            <span key="disputed" className="warn b">
              {t.disputed(number(found.disputed))}
            </span>
          ) : (
            t.noDispute
          ),
        ]}
      />
      <Step
        title={t.explain}
        to={`${base}/rationales`}
        figure={number(found.rationales)}
        note={t.explainNote}
        parts={[
          { value: found.passed, tone: "ok" },
          { value: found.rationales - found.passed, tone: "warn" },
        ]}
        total={found.rationales}
        lines={[t.passed(number(found.passed)), found.sandbox > 0 && <SandboxTag key="sandbox" />]}
      />
      <Step
        title={t.audit}
        to={`${base}/audits`}
        figure={number(found.lots_decided)}
        note={t.auditNote}
        parts={[{ value: found.lots_decided, tone: "ok" }]}
        total={lots}
        lines={[
          found.lots_open > 0 ? (
            <span key="lots" className="warn b">
              {t.lotsOpen(number(found.lots_open))}
            </span>
          ) : (
            t.noLot
          ),
        ]}
      />
      <Step
        title={t.release}
        to={found.release ? `${base}/releases/${found.release}` : `${base}/releases`}
        figure={found.release || "–"}
        note={found.release ? t.frozen(number(found.release_questions)) : t.noRelease}
        parts={[{ value: found.release ? 1 : 0, tone: "ok" }]}
        total={1}
        lines={[]}
      />
      <Step
        title={t.train}
        to={`${base}/training`}
        figure={trained > 0 ? number(training.mastered ?? 0) : "–"}
        note={trained > 0 ? t.trainNote : t.notTrained}
        parts={[{ value: training.mastered ?? 0, tone: "ok" }]}
        total={Math.max(trained, 1)}
        lines={[trained > 0 && t.learnable(number(training.learnable ?? 0))]}
      />
      <Step
        title={t.back}
        to={`${base}/training`}
        figure={trained > 0 ? number(doubtful) : "–"}
        note={t.backNote}
        parts={[{ value: doubtful, tone: "warn" }]}
        total={Math.max(trained, 1)}
        lines={[trained > 0 && t.hard(number(training.hard ?? 0))]}
      />
    </section>
  );
}

function Needs({ needs, base }: { needs: readonly Need[]; base: string }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.needs}</h2>
        <span className="badge warn">{needs.length}</span>
      </div>
      {needs.length === 0 ? (
        <EmptyState icon={<IconCircleCheck size={22} />} title={t.nothing}>
          {t.nothingWhy}
        </EmptyState>
      ) : (
        needs.map((need) => (
          <div key={need.key} className={classes.need}>
            <IconAlertTriangle size={16} className="warn" />
            <b className="sp">{t.need[need.key]?.(need.count) ?? need.key}</b>
            <Button component={Link} to={`${base}/${need.action}`} size="compact-sm">
              {t.verb[need.key] ?? need.key}
            </Button>
          </div>
        ))
      )}
    </section>
  );
}

/** Where in the loop work is stuck, and which button frees it. */
export function OverviewPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const reviewer = useMay("reviewer");
  const base = `/p/${project.slug}`;
  const overview = useQuery(overviewQuery(project.slug));
  if (overview.isPending) return <Loading />;
  if (overview.error) return <ErrorPanel error={overview.error} retry={() => void overview.refetch()} />;
  const found = overview.data;
  const empty = found.samples === 0;
  const importing = lead && (
    <Button
      component={Link}
      to={`${base}/imports`}
      variant={empty ? "filled" : "default"}
      leftSection={<IconTransferIn size={16} />}
    >
      {t.import}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} note={t.note(number(found.samples), found.aspects, found.guideline)}>
        {importing}
        <Button component={Link} to={`${base}/batches`} variant={empty ? "default" : "filled"}>
          {t.work}
        </Button>
      </PageHeader>
      <div className={classes.body}>
        <DemoProgress project={project.slug} />
        {empty ? (
          <section className="panel">
            <EmptyState
              icon={<IconTransferIn size={22} />}
              title={t.firstTitle}
              action={importing || undefined}
            >
              {t.firstWhy}
            </EmptyState>
          </section>
        ) : (
          <Loop found={found} base={base} />
        )}
        {reviewer && <Needs needs={found.needs} base={base} />}
      </div>
    </>
  );
}
