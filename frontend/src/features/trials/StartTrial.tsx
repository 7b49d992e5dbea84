import { ActionIcon, Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { endpointChoicesQuery, planQuery, promptChoicesQuery, type Rule, useStartTrial } from "./api/trials";
import { texts } from "./texts";
import classes from "./trials.module.css";

interface Arm {
  readonly key: number;
  readonly label: string;
  readonly prompt: string | null;
  readonly endpoint: string | null;
  readonly cap: number | string;
}
const RULES: readonly Rule[] = ["obrien_fleming", "pocock", "fixed"];
type Term = "per_arm" | "margin" | "confidence" | "looks" | "rate";
const TERMS: Readonly<Record<Term, number>> = {
  per_arm: 200,
  margin: 10,
  confidence: 95,
  looks: 4,
  rate: 85,
};
const PEOPLE = "people";
const LIKELY = 0.8; // a chance below this is said to be small

/** Which ways, on what terms; with the chance that the trial shows anything. */
export function StartTrial({ close }: { close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const start = useStartTrial(project.slug);
  const prompts = useQuery(promptChoicesQuery(project.slug));
  const endpoints = useQuery(endpointChoicesQuery(project.slug));
  const [name, setName] = useState<string>(t.title);
  const [arms, setArms] = useState<readonly Arm[]>([
    { key: 0, label: t.people, prompt: PEOPLE, endpoint: null, cap: 0 },
    { key: 1, label: "", prompt: null, endpoint: null, cap: 10 },
  ]);
  const [reference, setReference] = useState(0);
  const [fields, setFields] = useState<Readonly<Record<Term, number | string>>>(TERMS);
  const whole = Object.values(fields).every((value) => typeof value === "number");
  // While a field is empty the trial cannot start; the chance is shown as it was proposed.
  const terms = whole ? (fields as Readonly<Record<Term, number>>) : TERMS;
  const [rule, setRule] = useState<Rule>("obrien_fleming");
  const place = Math.max(
    0,
    arms.findIndex((arm) => arm.key === reference),
  );
  const [asked] = useDebouncedValue(
    {
      arms: Math.max(2, arms.length),
      per_arm: terms.per_arm,
      margin: terms.margin / 100,
      confidence: terms.confidence / 100,
      rate: terms.rate / 100,
      looks: terms.looks,
      rule,
    },
    300,
  );
  const plan = useQuery(planQuery(project.slug, asked));
  const change = (key: number, part: Partial<Arm>) =>
    setArms(arms.map((arm) => (arm.key === key ? { ...arm, ...part } : arm)));
  const term = (key: Term, label: string, min: number, max: number) => (
    <NumberInput
      label={label}
      min={min}
      max={max}
      value={fields[key]}
      onChange={(value) => setFields({ ...fields, [key]: value })}
    />
  );
  const writers = [
    { value: PEOPLE, label: t.people },
    ...(prompts.data?.results ?? [])
      .filter((row) => row.stage !== "judge" && row.stage !== "read_back")
      .map((row) => ({ value: row.id, label: `${row.name} · ${row.locale} · ${row.version}` })),
  ];
  const ready =
    name.trim() !== "" &&
    whole &&
    arms.every(
      (arm) =>
        arm.label.trim() !== "" &&
        (arm.prompt === PEOPLE || (arm.prompt && arm.endpoint && typeof arm.cap === "number")),
    );
  const submit = () =>
    start.mutate(
      {
        name,
        arms: arms.map((arm) => ({
          label: arm.label,
          prompt_id: arm.prompt === PEOPLE ? null : arm.prompt,
          endpoint_id: arm.prompt === PEOPLE ? null : arm.endpoint,
          cap: String(arm.cap),
        })),
        reference: place,
        margin: terms.margin / 100,
        confidence: terms.confidence / 100,
        rule,
        looks: rule === "fixed" ? 1 : terms.looks,
        per_arm: terms.per_arm,
        seed: Math.floor(Math.random() * 1_000_000),
      },
      { onSuccess: (trial) => void navigate(`/p/${project.slug}/trials/${trial.id}`) },
    );
  return (
    <Dialog onClose={close} title={t.start} size="xl">
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          data-autofocus
          label={t.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {arms.map((arm) => (
          <div key={arm.key} className={classes.arm}>
            <TextInput
              label={t.label}
              value={arm.label}
              onChange={(event) => change(arm.key, { label: event.currentTarget.value })}
            />
            <Select
              label={t.worker}
              searchable
              allowDeselect={false}
              data={writers}
              value={arm.prompt}
              onChange={(value) =>
                change(arm.key, {
                  prompt: value,
                  label: arm.label || (writers.find((each) => each.value === value)?.label ?? ""),
                })
              }
            />
            <Select
              label={t.endpoint}
              allowDeselect={false}
              disabled={arm.prompt === PEOPLE}
              data={(endpoints.data?.results ?? []).map((row) => ({ value: row.id, label: row.name }))}
              value={arm.prompt === PEOPLE ? null : arm.endpoint}
              onChange={(value) => change(arm.key, { endpoint: value })}
            />
            <NumberInput
              label={t.cap}
              min={0}
              disabled={arm.prompt === PEOPLE}
              value={arm.cap}
              onChange={(value) => change(arm.key, { cap: value })}
            />
            <ActionIcon
              aria-label={t.removeWay}
              disabled={arms.length <= 2}
              onClick={() => setArms(arms.filter((each) => each.key !== arm.key))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
        ))}
        <div className="row">
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            disabled={arms.length >= 6}
            onClick={() =>
              setArms([
                ...arms,
                {
                  key: Math.max(...arms.map((arm) => arm.key)) + 1,
                  label: "",
                  prompt: null,
                  endpoint: null,
                  cap: 10,
                },
              ])
            }
          >
            {t.addWay}
          </Button>
        </div>
        <div className={classes.terms}>
          <Select
            label={t.reference}
            description={t.referenceWhy}
            allowDeselect={false}
            data={arms.map((arm, at) => ({ value: String(arm.key), label: arm.label || `${at + 1}` }))}
            value={String(arms[place]?.key ?? 0)}
            onChange={(value) => setReference(Number(value))}
          />
          {term("margin", t.margin, 1, 49)}
          {term("confidence", t.confidence, 80, 99)}
          <Select
            label={t.rule}
            allowDeselect={false}
            data={RULES.map((each) => ({ value: each, label: t.rules[each] }))}
            value={rule}
            onChange={(value) => setRule(RULES.find((each) => each === value) ?? rule)}
          />
          {rule === "fixed" ? <span /> : term("looks", t.looks, 2, 10)}
          {term("per_arm", t.perArm, 10, 5000)}
          {term("rate", t.expected, 1, 100)}
        </div>
        {plan.data && (
          <p className="t2">
            {t.chance(percent(plan.data.chance))}{" "}
            {plan.data.chance < LIKELY && <span className="warn">{t.small}</span>}{" "}
            {t.total(number(arms.length * terms.per_arm))}
          </p>
        )}
        {!ready && <p className="s t2">{t.missing}</p>}
        {start.error && <ErrorPanel error={start.error} />}
        <div className="row">
          <span className="sp" />
          <Button onClick={close}>{t.cancel}</Button>
          <Button type="submit" variant="filled" loading={start.isPending} disabled={!ready}>
            {t.start}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
