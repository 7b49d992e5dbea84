import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { SandboxTag } from "../../components/SandboxTag";
import { moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { releaseQuery, useVerify } from "./api/release";
import type { Release } from "./api/releases";
import { ChangesPanel } from "./ChangesPanel";
import { DataCard } from "./DataCard";
import { totalOf } from "./ReleasesPage";
import classes from "./releases.module.css";
import { SPLITS } from "./splits";
import { texts } from "./texts";

function Inside({ release }: { release: Release }) {
  const t = useTexts(texts);
  const total = totalOf(release);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.inside}</h2>
      </div>
      <div className="pb col gap5">
        <div className={classes.bars}>
          {SPLITS.flatMap((split) => {
            const count = release.questions[split] ?? 0;
            return [
              <span key={`${split}-name`}>{t[split]}</span>,
              <ProgressLine key={`${split}-bar`} parts={[{ value: count }]} total={total} />,
              <span key={`${split}-count`} className="r">
                {number(count)}
              </span>,
            ];
          })}
        </div>
        <dl className="kv">
          <dt>{t.questions}</dt>
          <dd>{number(total)}</dd>
          <dt>{t.samples}</dt>
          <dd>{number(release.samples)}</dd>
          <dt>{t.families}</dt>
          <dd>{number(release.families)}</dd>
          <dt>{t.rationales}</dt>
          <dd>{number(release.rationales)}</dd>
          <dt>{t.guideline}</dt>
          <dd>{release.guideline_version}</dd>
          <dt>{t.seed}</dt>
          <dd>{release.seed}</dd>
          <dt>{t.hash}</dt>
          <dd className="mono clip" title={release.hash}>
            {release.hash}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function LeftOut({ release }: { release: Release }) {
  const t = useTexts(texts);
  const words: Readonly<Record<string, string>> = t.leftOutWhy;
  const rows = Object.entries(release.left_out).filter(([, count]) => count > 0);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.leftOut}</h2>
      </div>
      <div className="pb">
        {rows.length === 0 ? (
          <span className="t2">{t.nothingLeftOut}</span>
        ) : (
          <dl className="kv">
            {rows.flatMap(([why, count]) => [
              <dt key={`${why}-why`}>{words[why] ?? why}</dt>,
              <dd key={`${why}-count`}>{number(count)}</dd>,
            ])}
          </dl>
        )}
      </div>
    </section>
  );
}

function Shards({ release }: { release: Release }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.shards}</h2>
      </div>
      <div className="pb">
        <table className="tbl">
          <tbody>
            {release.shards.map((shard) => (
              <tr key={shard.path}>
                <td className="mono clip">{shard.path}</td>
                <td className="r">{number(shard.rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** One release: may it be trusted, what is in it. `actions` is what the app puts beside it (exports, training). */
export function ReleasePage({ actions }: { actions?: (release: string) => ReactNode }) {
  const t = useTexts(texts);
  const project = useProject();
  const { release: name = "" } = useParams();
  const release = useQuery(releaseQuery(project.slug, name));
  const verify = useVerify(project.slug, name);
  if (release.isPending) return <Loading />;
  if (release.error) return <ErrorPanel error={release.error} retry={() => void release.refetch()} />;
  const found = release.data;
  return (
    <>
      <PageHeader
        title={
          <span className="row">
            {found.name}
            {found.sandbox && <SandboxTag />}
          </span>
        }
        note={moment(found.cut_at)}
        back={{ to: `/p/${project.slug}/releases`, label: t.title }}
      >
        <Button
          leftSection={<IconShieldCheck size={16} />}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t.verify}
        </Button>
      </PageHeader>
      {verify.data?.intact && <div className="alert ok">{t.intact(number(verify.data.rows))}</div>}
      {verify.data && !verify.data.intact && (
        <div className="alert bad">
          <span>
            {t.damaged}: {verify.data.faults.join("; ")}
          </span>
        </div>
      )}
      {verify.error && <ErrorPanel error={verify.error} />}
      <div className={classes.grid}>
        <div className="col gap5">
          <Inside release={found} />
          <ChangesPanel key={found.name} release={found.name} />
          <DataCard release={found.name} part="facts" />
          <Shards release={found} />
        </div>
        <div className="col gap5">
          {actions?.(found.name)}
          <DataCard release={found.name} part="trust" />
          <LeftOut release={found} />
        </div>
      </div>
    </>
  );
}
