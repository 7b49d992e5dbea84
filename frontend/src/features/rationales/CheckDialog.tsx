import { Checkbox, NumberInput, Radio, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { SaveRow } from "../../components/SaveRow";
import { percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { endpointChoicesQuery } from "./api/choices";
import { type CheckRequest, type RunDetail, useCheckRun } from "./api/run";
import { texts } from "./texts";

const PROBES = ["read_back", "judge", "swap", "no_picture"] as const;

/** Looks at some of a run's rationales by further calls. */
export function CheckDialog({ detail, close }: { detail: RunDetail; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const endpoints = useQuery(endpointChoicesQuery(project.slug));
  const active = (endpoints.data?.results ?? []).filter((each) => each.state === "active");
  const check = useCheckRun(project.slug, detail.run.id);
  const [probe, setProbe] = useState<CheckRequest["probe"]>("read_back");
  const [endpoint, setEndpoint] = useState<string | null>(null);
  const [limit, setLimit] = useState<number | string>(100);
  const [cap, setCap] = useState<number | string>(1);
  const [batched, setBatched] = useState(false);
  const asked = active.find((each) => (endpoint ? each.id === endpoint : each.name === detail.run.endpoint));
  const share = asked?.price?.batch_share ?? null;
  const told = detail.run.way === "answer_driven";
  return (
    <Dialog onClose={close} title={t.checkMore} size="lg">
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate(
            {
              probe,
              limit: Number(limit),
              cap: String(cap),
              endpoint_id: endpoint,
              batched: batched && share !== null,
            },
            {
              onSuccess: (run) => {
                close(); // the other run's page is this same page, and would keep it open
                void navigate(`/p/${project.slug}/rationales/${run.id}`);
              },
            },
          );
        }}
      >
        <Radio.Group
          aria-label={t.checkMore}
          value={probe}
          onChange={(value) => setProbe(value as CheckRequest["probe"])}
        >
          <Stack gap={8}>
            {PROBES.map((each) => (
              <Radio
                key={each}
                value={each}
                data-autofocus={each === probe || undefined}
                label={t.probes[each]}
                description={t.probesWhy[each]}
                disabled={!told && (each === "swap" || each === "no_picture")}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label={t.endpoint}
          placeholder={t.sameEndpoint}
          clearable
          value={endpoint}
          onChange={setEndpoint}
          data={active.map((each) => ({ value: each.id, label: `${each.name} · ${each.model}` }))}
        />
        <div className="row">
          <NumberInput label={t.howMany} min={1} max={5000} value={limit} onChange={setLimit} />
          <NumberInput label={t.newCap} min={0} decimalScale={4} value={cap} onChange={setCap} />
        </div>
        <Checkbox
          label={t.inBatches}
          description={share === null ? t.noBatches : t.inBatchesHint(percent(Number(share), 0))}
          disabled={share === null}
          checked={batched && share !== null}
          onChange={(event) => setBatched(event.currentTarget.checked)}
        />
        <SaveRow verb={t.startRun} saving={check} disabled={limit === "" || cap === ""} />
      </form>
    </Dialog>
  );
}
