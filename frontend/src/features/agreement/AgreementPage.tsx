import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useMay, useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { useTexts } from "../../lib/texts";
import classes from "./AgreementPage.module.css";
import { agreementQuery, type Scope } from "./api/agreement";
import type { Behind } from "./api/behind";
import { batchesQuery, guidelinesQuery } from "./api/lists";
import { Alphas } from "./components/Alphas";
import { BehindDialog } from "./components/BehindDialog";
import { ConsensusPanel } from "./components/ConsensusPanel";
import { Drift } from "./components/Drift";
import { Freshness } from "./components/Freshness";
import { PairMatrix } from "./components/PairMatrix";
import { SentBackPanel } from "./components/SentBackPanel";
import { Tabs } from "./components/Tabs";
import { WorstCells } from "./components/WorstCells";
import type { By } from "./model/figures";
import { texts } from "./texts";

const BY: readonly By[] = ["defect", "severity", "overlap"];
const OPENED = ["aspect", "slot", "pair", "model"] as const;

/** On which aspect, candidate and pair people differ, since when, how sure that is, and the samples behind it. */
export function AgreementPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const [search, setSearch] = useSearchParams();
  const by = BY.find((each) => each === search.get("by")) ?? "defect";
  const scope: Scope = { batch: search.get("batch"), guideline: search.get("guideline") };
  const found = useQuery(agreementQuery(project.slug, scope));
  const batches = useQuery(batchesQuery(project.slug));
  const guidelines = useQuery(guidelinesQuery(project.slug));
  const figures = found.data?.figures;
  const nameOf = useAspectName();
  const put = (values: Record<string, string | null>) =>
    setSearch(
      (now) => {
        for (const [name, value] of Object.entries(values))
          if (value) now.set(name, value);
          else now.delete(name);
        return now;
      },
      { replace: true },
    );
  const open = (values: Record<string, string | null>) =>
    put({ ...Object.fromEntries(OPENED.map((name) => [name, null])), ...values });
  const asked: Behind = {
    aspect: search.get("aspect"),
    slot: search.get("slot"),
    pair: search.get("pair"),
    model: search.has("model"),
  };
  const opened = asked.aspect !== null || Boolean(asked.pair);
  return (
    <>
      <PageHeader
        title={t.title}
        note={
          <span className="row">
            {lead && <Tabs at="questions" />}
            {figures && t.samples(figures.samples)}
          </span>
        }
      >
        {found.data && <Freshness project={project.slug} standing={found.data.standing} short />}
        <Select
          size="xs"
          aria-label={t.guidelines}
          placeholder={t.allGuidelines}
          clearable
          value={scope.guideline}
          onChange={(value) => put({ guideline: value, batch: null })}
          data={(guidelines.data?.results ?? []).map((each) => ({
            value: String(each.version),
            label: t.guideline(each.version),
          }))}
          w={150}
        />
        <Select
          size="xs"
          aria-label={t.batches}
          placeholder={t.allBatches}
          clearable
          searchable
          value={scope.batch}
          onChange={(value) => put({ batch: value, guideline: null })}
          data={(batches.data?.results ?? []).map((each) => ({ value: each.id, label: each.name }))}
          w={150}
        />
        <SegmentedControl
          size="xs"
          aria-label={t.by}
          value={by}
          onChange={(value) => put({ by: value })}
          data={BY.map((value) => ({ value, label: t.bys[value] }))}
        />
      </PageHeader>
      {found.isPending ? (
        <section className="panel grow">
          <Loading />
        </section>
      ) : found.error ? (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      ) : !figures || figures.samples === 0 ? (
        <section className="panel grow">
          <EmptyState
            icon={<IconUsers size={22} />}
            title={found.data.standing.due && !figures ? t.counting : t.none}
            action={
              lead && (
                <Button component={Link} to={`/p/${project.slug}/batches/new`} variant="filled">
                  {t.make}
                </Button>
              )
            }
          >
            {t.noneWhy}
          </EmptyState>
        </section>
      ) : (
        <div className={classes.columns}>
          <div>
            <Alphas
              found={figures}
              by={by}
              nameOf={nameOf}
              chosen={opened ? asked : null}
              onChoose={(aspect, slot) => open({ aspect, slot })}
            />
            {figures.weeks.length > 0 && (
              <Drift weeks={figures.weeks} nameOf={nameOf} guidelines={guidelines.data?.results ?? []} />
            )}
            <WorstCells
              found={figures}
              by={by}
              nameOf={nameOf}
              onOpen={(aspect, slot) => open({ aspect, slot })}
            />
          </div>
          <div>
            {lead && (
              <PairMatrix
                project={project.slug}
                scope={scope}
                aspects={figures.aspects.map((each) => each.aspect)}
                nameOf={nameOf}
                onOpen={(pair, aspect) => open({ pair, aspect })}
              />
            )}
            <ConsensusPanel
              project={project.slug}
              nameOf={nameOf}
              onOpen={(aspect) => open({ aspect, model: "1" })}
            />
            <SentBackPanel project={project.slug} />
          </div>
        </div>
      )}
      {opened && (
        <BehindDialog
          asked={asked}
          scope={asked.model ? { batch: null, guideline: null } : scope}
          title={
            asked.model
              ? t.modelDiffers(nameOf(asked.aspect ?? ""))
              : t.differOn(
                  asked.aspect === null ? t.anyAspect : t.behind(nameOf(asked.aspect), asked.slot ?? null),
                )
          }
          onClose={() => open({})}
        />
      )}
    </>
  );
}
