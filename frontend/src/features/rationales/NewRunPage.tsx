import {
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { useCommands } from "../../lib/commands";
import { money, number } from "../../lib/format";
import { useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { aspectsQuery, endpointChoicesQuery } from "./api/choices";
import { type Estimate, type EstimateRequest, estimateQuery } from "./api/estimate";
import { promptsQuery } from "./api/prompts";
import { useMakeRun } from "./api/runs";
import { newestVersions } from "./model/prompts";
import { digitsFor } from "./model/reading";
import classes from "./rationales.module.css";
import { texts } from "./texts";

const BELOW = ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[];

interface Values {
  prompt: string | null;
  endpoint: string | null;
  purpose: "rationale" | "evaluation";
  aspects: string[];
  samples: string;
  settled: boolean;
  without: boolean;
  most: number | "";
  cap: number | "";
}

const wordsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
const usd = (value: string): string => money(value, digitsFor(Number(value)));

function Takes({
  estimate,
  error,
  ready,
}: {
  estimate: Estimate | undefined;
  error: unknown;
  ready: boolean;
}) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.takes}</h2>
        <span className="s t3">{t.movesAsYouType}</span>
      </div>
      <div className="pb col">
        {!ready && <p className="t2">{t.chooseFirst}</p>}
        {ready && error ? <ErrorPanel error={error} /> : null}
        {ready && estimate && !error && (
          <>
            <div className="fig">
              {usd(estimate.low)} – {usd(estimate.high)}
            </div>
            <p className="s t2">
              {t.expected} {usd(estimate.middle)}. {t.basis[estimate.basis as keyof typeof t.basis]}
            </p>
            <dl className="kv">
              <dt>{t.questions}</dt>
              <dd>{number(estimate.questions)}</dd>
              <dt>{t.calls}</dt>
              <dd>{number(estimate.calls)}</dd>
              <dt>{t.tokensEach}</dt>
              <dd>{t.inAndOut(number(estimate.input_tokens_each), number(estimate.output_tokens_each))}</dd>
              <dt>{t.atMost}</dt>
              <dd>{usd(estimate.ceiling)}</dd>
            </dl>
            {estimate.unanswered > 0 && (
              <div className="alert warn s">{t.unansweredNote(estimate.unanswered)}</div>
            )}
            {estimate.without_pictures > 0 && (
              <div className="alert warn s">{t.picturesNote(estimate.without_pictures)}</div>
            )}
            {estimate.sandbox && (
              <div className="row s t2">
                <SandboxTag /> {t.playMoney}
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** A new run: what to ask, with what, and what it would cost before anything is sent. */
export function NewRunPage() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const locale = useLocale();
  const short = locale === "zh-CN" ? "zh" : "en";
  const aspects = useQuery(aspectsQuery(project.slug));
  const prompts = useQuery(promptsQuery(project.slug));
  const endpoints = useQuery(endpointChoicesQuery(project.slug));
  const make = useMakeRun(project.slug);
  const [key] = useState(() => crypto.randomUUID());
  const form = useForm<Values>({
    initialValues: {
      prompt: null,
      endpoint: null,
      purpose: "rationale",
      aspects: [],
      samples: "",
      settled: true,
      without: true,
      most: 200,
      cap: 5,
    },
  });
  const { values } = form;
  const known = newestVersions(prompts.data?.results ?? []);
  const active = (endpoints.data?.results ?? []).filter((each) => each.state === "active");
  const promptId = values.prompt ?? known.find((each) => each.locale === locale)?.id ?? known[0]?.id ?? null;
  const endpointId = values.endpoint ?? active[0]?.id ?? null;
  const prompt = known.find((each) => each.id === promptId);
  const evaluation = values.purpose === "evaluation" && prompt?.way === "automated";
  const scope = {
    aspects: values.aspects,
    samples: wordsIn(values.samples),
    only_settled: prompt?.way === "answer_driven" ? true : values.settled,
    only_without: evaluation ? false : values.without,
    limit: values.most === "" ? null : values.most,
    seed: 0,
  };
  const asked: EstimateRequest | null =
    promptId && endpointId ? { prompt_id: promptId, endpoint_id: endpointId, scope } : null;
  const [steady] = useDebouncedValue(JSON.stringify(asked), 400);
  const estimate = useQuery(estimateQuery(project.slug, JSON.parse(steady) as EstimateRequest | null));
  const able = asked !== null && values.cap !== "" && (estimate.data?.questions ?? 0) > 0 && !make.isPending;
  const send = (start: boolean) => {
    if (!asked || values.cap === "") return;
    make.mutate(
      {
        key: start ? key : crypto.randomUUID(),
        body: {
          ...asked,
          scope,
          cap: String(values.cap),
          purpose: evaluation ? "evaluation" : "rationale",
          start,
        },
      },
      { onSuccess: (run) => void navigate(`/p/${project.slug}/rationales/${run.id}`) },
    );
  };
  useCommands({
    name: "new-run",
    title: t.newTitle,
    commands: [
      {
        name: "start",
        label: t.startRun,
        keys: ["Ctrl+Enter"],
        perform: () => send(true),
        enabled: able,
        whileTyping: true,
      },
    ],
  });
  const back = { to: `/p/${project.slug}/rationales`, label: t.title };
  if (endpoints.data && active.length === 0)
    return (
      <>
        <PageHeader title={t.newTitle} back={back} />
        <EmptyState
          title={t.noEndpoint}
          action={
            <Button component={Link} to={`/p/${project.slug}/settings/endpoints`} variant="filled">
              {t.addEndpoint}
            </Button>
          }
        >
          {t.noEndpointWhy}
        </EmptyState>
      </>
    );
  const endpoint = active.find((each) => each.id === endpointId);
  return (
    <>
      <PageHeader title={t.newTitle} back={back}>
        <Button disabled={!able} onClick={() => send(false)}>
          {t.plan}
        </Button>
        <Button
          variant="filled"
          disabled={!able}
          loading={make.isPending}
          rightSection={<Keycap chord="Ctrl+Enter" />}
          onClick={() => send(true)}
        >
          {t.startRun}
        </Button>
      </PageHeader>
      {make.error && <ErrorPanel error={make.error} />}
      {prompts.error && <ErrorPanel error={prompts.error} retry={() => void prompts.refetch()} />}
      <div className={classes.form}>
        <div>
          <section className="panel">
            <div className="ph">
              <h2>{t.withWhat}</h2>
            </div>
            <div className={`pb ${classes.two}`}>
              <Select
                label={t.prompt}
                value={promptId}
                allowDeselect={false}
                onChange={(value) => form.setFieldValue("prompt", value)}
                data={known.map((each) => ({
                  value: each.id,
                  label: `${each.name} · ${t.locales[each.locale as keyof typeof t.locales]} · ${t.versionN(each.version)}`,
                }))}
                inputWrapperOrder={BELOW}
                description={prompt ? `${t.ways[prompt.way]}, ${t.stages[prompt.stage]}` : undefined}
              />
              <Select
                label={t.endpoint}
                value={endpointId}
                allowDeselect={false}
                onChange={(value) => form.setFieldValue("endpoint", value)}
                data={active.map((each) => ({ value: each.id, label: `${each.name} · ${each.model}` }))}
                inputWrapperOrder={BELOW}
                description={
                  endpoint && (
                    <span className="row gap2">
                      {endpoint.sandbox && <SandboxTag />}
                      {endpoint.price
                        ? `${money(endpoint.price.input_per_million)} / ${money(endpoint.price.output_per_million)}`
                        : "–"}
                    </span>
                  )
                }
              />
              <div>
                <span className="mantine-InputWrapper-label">{t.purpose}</span>
                <SegmentedControl
                  fullWidth
                  disabled={prompt?.way !== "automated"}
                  value={evaluation ? "evaluation" : "rationale"}
                  onChange={(value) => form.setFieldValue("purpose", value as Values["purpose"])}
                  data={[
                    { value: "rationale", label: t.purposes.rationale },
                    { value: "evaluation", label: t.purposes.evaluation },
                  ]}
                />
                <div className="s t3">{t.purposeHint[evaluation ? "evaluation" : "rationale"]}</div>
              </div>
              <NumberInput
                label={t.newCap}
                inputWrapperOrder={BELOW}
                description={t.capHint}
                min={0}
                decimalScale={4}
                value={values.cap}
                onChange={(value) => form.setFieldValue("cap", typeof value === "number" ? value : "")}
              />
            </div>
          </section>
          <section className="panel">
            <div className="ph">
              <h2>{t.whatToAsk}</h2>
            </div>
            <div className={`pb ${classes.two}`}>
              <MultiSelect
                label={t.aspects}
                placeholder={values.aspects.length === 0 ? t.allAspects : ""}
                data={(aspects.data?.results ?? []).map((each) => ({
                  value: each.key,
                  label: each.names[short] ?? each.key,
                }))}
                {...form.getInputProps("aspects")}
              />
              <NumberInput
                label={t.most}
                inputWrapperOrder={BELOW}
                description={t.mostHint}
                min={1}
                value={values.most}
                onChange={(value) => form.setFieldValue("most", typeof value === "number" ? value : "")}
              />
              <div className="col gap5">
                <Checkbox
                  label={t.settledOnly}
                  description={prompt?.way === "answer_driven" ? t.settledAlways : undefined}
                  disabled={prompt?.way === "answer_driven"}
                  checked={scope.only_settled}
                  onChange={(event) => form.setFieldValue("settled", event.currentTarget.checked)}
                />
                <Checkbox
                  label={t.withoutOnly}
                  disabled={evaluation}
                  checked={scope.only_without}
                  onChange={(event) => form.setFieldValue("without", event.currentTarget.checked)}
                />
              </div>
              <Textarea
                label={t.samples}
                inputWrapperOrder={BELOW}
                description={t.samplesHint}
                autosize
                minRows={2}
                maxRows={6}
                {...form.getInputProps("samples")}
              />
            </div>
          </section>
        </div>
        <div>
          <Takes estimate={estimate.data} error={estimate.error} ready={asked !== null} />
        </div>
      </div>
    </>
  );
}
