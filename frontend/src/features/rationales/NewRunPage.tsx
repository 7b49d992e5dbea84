import {
  ActionIcon,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { aspectsQuery, useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { useCommands } from "../../lib/commands";
import { money, number, percent } from "../../lib/format";
import { useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { useMakeCascade } from "./api/cascades";
import { endpointChoicesQuery } from "./api/choices";
import { type Estimate, type EstimateRequest, estimateQuery } from "./api/estimate";
import { type PromptRow, promptsQuery } from "./api/prompts";
import { useMakeRun } from "./api/runs";
import { newestVersions, suggested } from "./model/prompts";
import { usd } from "./model/reading";
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
  draws: number;
  pilot: boolean;
  again: boolean;
  batched: boolean;
  /** Tokens that a reply may have, where the proposed limit is taken; null: the prompt's. */
  limit: number | null;
  rungs: Rung[];
  people: boolean;
  cascade: string;
}

interface Rung {
  key: string;
  prompt: string | null;
  endpoint: string | null;
  draws: number;
  batched: boolean;
}

/** Whether a question of this prompt can be drawn several times. */
const drawsFit = (prompt: PromptRow | undefined): prompt is PromptRow =>
  prompt !== undefined && (prompt.way === "automated" || prompt.stage === "blind_first");

const PILOT = 20; // questions
const RUNGS_AT_MOST = 6;

const wordsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

function Takes({
  estimate,
  error,
  ready,
  limit,
}: {
  estimate: Estimate | undefined;
  error: unknown;
  ready: boolean;
  /** Another limit of a reply's tokens: whether it is taken, and taking it or not; null where none can be. */
  limit: { taken: number | null; take: (tokens: number | null) => void } | null;
}) {
  const t = useTexts(texts);
  const project = useProject();
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
            {estimate.questions === 0 && (
              <div className="alert warn s" role="status">
                <span className="sp">
                  <b>{t.noQuestion}</b> {t.noQuestionWhy}
                  <br />
                  <Link to={`/p/${project.slug}/batches`}>{t.toBatches}</Link>
                </span>
              </div>
            )}
            {estimate.reused.replies > 0 && (
              <p className="s t2">
                {t.reusedBefore(
                  `${estimate.reused.exact ? "" : "≈ "}${number(estimate.reused.replies)}`,
                  usd(estimate.reused.usd),
                )}
              </p>
            )}
            {estimate.proposal && limit && (
              <Checkbox
                label={t.takeLimit(number(estimate.proposal.max_tokens), number(estimate.max_tokens))}
                description={t.limitWhy(
                  number(estimate.proposal.replies),
                  number(estimate.proposal.p99),
                  percent(estimate.proposal.cut_off_share, 1),
                )}
                checked={limit.taken !== null}
                onChange={(event) =>
                  limit.take(event.currentTarget.checked ? (estimate.proposal?.max_tokens ?? null) : null)
                }
              />
            )}
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
  const aspectName = useAspectName();
  const aspects = useQuery(aspectsQuery(project.slug));
  const prompts = useQuery(promptsQuery(project.slug));
  const endpoints = useQuery(endpointChoicesQuery(project.slug));
  const make = useMakeRun(project.slug);
  const chain = useMakeCascade(project.slug);
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
      draws: 1,
      pilot: false,
      again: false,
      batched: false,
      limit: null,
      rungs: [],
      people: false,
      cascade: "",
    },
  });
  const { values } = form;
  const known = newestVersions(prompts.data?.results ?? []).filter(
    (each) => each.stage !== "read_back" && each.stage !== "judge",
  );
  const active = (endpoints.data?.results ?? []).filter((each) => each.state === "active");
  const promptId =
    values.prompt ?? suggested(known, { way: "automated", stage: "plain", locale })?.id ?? null;
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
  const chained = !evaluation && (values.rungs.length > 0 || values.people);
  const endpoint = active.find((each) => each.id === endpointId);
  const batchShare = endpoint?.price?.batch_share ?? null;
  const batched = values.batched && batchShare !== null;
  const draws = drawsFit(prompt) && !evaluation ? values.draws : 1;
  const again = values.again && !chained;
  const limit = chained ? null : values.limit;
  const asked: EstimateRequest | null =
    promptId && endpointId
      ? {
          prompt_id: promptId,
          endpoint_id: endpointId,
          scope,
          batched,
          draws,
          ask_again: again,
          max_tokens: limit,
        }
      : null;
  const [steady] = useDebouncedValue(JSON.stringify(asked), 400);
  const estimate = useQuery(estimateQuery(project.slug, JSON.parse(steady) as EstimateRequest | null));
  const rungs = values.rungs.map((rung) => ({
    ...rung,
    prompt: rung.prompt ?? suggested(known, { way: "answer_driven", stage: "skeleton_first", locale })?.id,
    endpoint: rung.endpoint ?? endpointId,
  }));
  const takesBatches = (id: string): boolean =>
    active.some((each) => each.id === id && each.price?.batch_share != null);
  const able =
    asked !== null &&
    values.cap !== "" &&
    (estimate.data?.questions ?? 0) > 0 &&
    !make.isPending &&
    !chain.isPending &&
    (!chained || values.cascade.trim() !== "");
  const send = (start: boolean) => {
    if (!asked || values.cap === "") return;
    if (chained) {
      chain.mutate(
        {
          key,
          body: {
            name: values.cascade,
            rungs: [
              { prompt_id: asked.prompt_id, endpoint_id: asked.endpoint_id, draws, batched },
              ...rungs.flatMap((rung) =>
                rung.prompt && rung.endpoint
                  ? [
                      {
                        prompt_id: rung.prompt,
                        endpoint_id: rung.endpoint,
                        draws: rung.draws,
                        batched: rung.batched && takesBatches(rung.endpoint),
                      },
                    ]
                  : [],
              ),
            ],
            then_people: values.people,
            cap: String(values.cap),
            scope,
          },
        },
        { onSuccess: () => void navigate(`/p/${project.slug}/rationales`) },
      );
      return;
    }
    make.mutate(
      {
        key: start ? key : crypto.randomUUID(),
        body: {
          ...asked,
          scope,
          cap: String(values.cap),
          purpose: evaluation ? "evaluation" : "rationale",
          start,
          pilot: values.pilot ? PILOT : 0,
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
  return (
    <>
      <PageHeader title={t.newTitle} back={back}>
        <Button disabled={!able || chained} onClick={() => send(false)}>
          {t.plan}
        </Button>
        <Button
          variant="filled"
          disabled={!able}
          loading={make.isPending || chain.isPending}
          rightSection={<Keycap chord="Ctrl+Enter" />}
          onClick={() => send(true)}
        >
          {t.startRun}
        </Button>
      </PageHeader>
      {make.error && <ErrorPanel error={make.error} />}
      {chain.error && <ErrorPanel error={chain.error} />}
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
                onChange={(value) => form.setValues({ prompt: value, limit: null })}
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
                onChange={(value) => form.setValues({ endpoint: value, limit: null })}
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
                label={t.draws}
                inputWrapperOrder={BELOW}
                description={
                  drawsFit(prompt)
                    ? t.drawsHint[prompt.way === "automated" ? "automated" : "blind_first"]
                    : undefined
                }
                disabled={!drawsFit(prompt) || evaluation}
                min={1}
                max={16}
                value={draws}
                onChange={(value) => form.setFieldValue("draws", typeof value === "number" ? value : 1)}
              />
              <div className="col gap5">
                <Checkbox
                  label={t.pilotFirst}
                  description={t.pilotHint}
                  disabled={chained}
                  checked={values.pilot && !chained}
                  onChange={(event) => form.setFieldValue("pilot", event.currentTarget.checked)}
                />
                <Checkbox
                  label={t.askAgain}
                  description={t.askAgainHint}
                  disabled={chained}
                  checked={values.again && !chained}
                  onChange={(event) => form.setFieldValue("again", event.currentTarget.checked)}
                />
                <Checkbox
                  label={t.inBatches}
                  description={
                    batchShare === null ? t.noBatches : t.inBatchesHint(percent(Number(batchShare), 0))
                  }
                  disabled={batchShare === null}
                  checked={batched}
                  onChange={(event) => form.setFieldValue("batched", event.currentTarget.checked)}
                />
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
                  label: aspectName(each.key),
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
          {!evaluation && (
            <section className="panel">
              <div className="ph">
                <h2 className="sp">{t.thenTitle}</h2>
                <Button
                  size="compact-sm"
                  disabled={values.rungs.length >= RUNGS_AT_MOST - 1}
                  onClick={() =>
                    form.insertListItem("rungs", {
                      key: crypto.randomUUID(),
                      prompt: null,
                      endpoint: null,
                      draws: 1,
                      batched: false,
                    })
                  }
                >
                  {t.addRung}
                </Button>
              </div>
              <div className="pb col gap6">
                <p className="s t2">{t.thenWhy}</p>
                {rungs.map((rung, place) => {
                  const chosen = known.find((each) => each.id === rung.prompt);
                  return (
                    <div key={rung.key} className={classes.rungRow}>
                      <b>{t.rungN(place + 2)}</b>
                      <Select
                        aria-label={t.prompt}
                        value={rung.prompt ?? null}
                        allowDeselect={false}
                        onChange={(value) => form.setFieldValue(`rungs.${place}.prompt`, value)}
                        data={known.map((each) => ({
                          value: each.id,
                          label: `${each.name} · ${t.locales[each.locale as keyof typeof t.locales]} · ${t.versionN(each.version)}`,
                        }))}
                      />
                      <Select
                        aria-label={t.endpoint}
                        value={rung.endpoint}
                        allowDeselect={false}
                        onChange={(value) => form.setFieldValue(`rungs.${place}.endpoint`, value)}
                        data={active.map((each) => ({
                          value: each.id,
                          label: `${each.name} · ${each.model}`,
                        }))}
                      />
                      <NumberInput
                        aria-label={t.draws}
                        min={1}
                        max={16}
                        disabled={!drawsFit(chosen)}
                        value={drawsFit(chosen) ? rung.draws : 1}
                        onChange={(value) =>
                          form.setFieldValue(`rungs.${place}.draws`, typeof value === "number" ? value : 1)
                        }
                      />
                      <Checkbox
                        label={t.inABatch}
                        disabled={rung.endpoint === null || !takesBatches(rung.endpoint)}
                        checked={rung.batched && rung.endpoint !== null && takesBatches(rung.endpoint)}
                        onChange={(event) =>
                          form.setFieldValue(`rungs.${place}.batched`, event.currentTarget.checked)
                        }
                      />
                      <ActionIcon
                        variant="subtle"
                        aria-label={t.dropRung}
                        title={t.dropRung}
                        onClick={() => form.removeListItem("rungs", place)}
                      >
                        <IconX size={15} stroke={1.6} />
                      </ActionIcon>
                    </div>
                  );
                })}
                <Checkbox
                  label={t.thenPeople}
                  checked={values.people}
                  onChange={(event) => form.setFieldValue("people", event.currentTarget.checked)}
                />
                {chained && (
                  <TextInput
                    label={t.cascadeName}
                    maxLength={120}
                    required
                    {...form.getInputProps("cascade")}
                  />
                )}
              </div>
            </section>
          )}
        </div>
        <div>
          <Takes
            estimate={estimate.data}
            error={estimate.error}
            ready={asked !== null}
            limit={
              chained ? null : { taken: values.limit, take: (tokens) => form.setFieldValue("limit", tokens) }
            }
          />
        </div>
      </div>
    </>
  );
}
