import { Button } from "@mantine/core";
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
import { useCommands } from "../../lib/commands";
import { useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { useMakeCascade } from "./api/cascades";
import { endpointChoicesQuery } from "./api/choices";
import { type EstimateRequest, estimateQuery } from "./api/estimate";
import { promptsQuery } from "./api/prompts";
import { useMakeRun } from "./api/runs";
import { drawsFit, PILOT, START, type Values, wordsIn } from "./model/newRun";
import { newestVersions, suggested } from "./model/prompts";
import { Takes } from "./newrun/Takes";
import { Then } from "./newrun/Then";
import { WhatToAsk } from "./newrun/WhatToAsk";
import { WithWhat } from "./newrun/WithWhat";
import classes from "./rationales.module.css";
import { texts } from "./texts";

/** A new run: what to ask, with what, and what it would cost before anything is sent. */
export function NewRunPage() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const locale = useLocale();
  const prompts = useQuery(promptsQuery(project.slug));
  const endpoints = useQuery(endpointChoicesQuery(project.slug));
  const make = useMakeRun(project.slug);
  const chain = useMakeCascade(project.slug);
  const [key] = useState(() => crypto.randomUUID());
  const form = useForm<Values>({ initialValues: START });
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
    prompt:
      rung.prompt ?? suggested(known, { way: "answer_driven", stage: "skeleton_first", locale })?.id ?? null,
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
          <WithWhat
            form={form}
            known={known}
            active={active}
            prompt={prompt}
            endpoint={endpoint}
            evaluation={evaluation}
            chained={chained}
            batched={batched}
            draws={draws}
          />
          <WhatToAsk
            form={form}
            scope={scope}
            told={prompt?.way === "answer_driven"}
            evaluation={evaluation}
          />
          {!evaluation && (
            <Then
              form={form}
              rungs={rungs}
              known={known}
              active={active}
              chained={chained}
              takesBatches={takesBatches}
            />
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
