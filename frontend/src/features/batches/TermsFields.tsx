import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useTexts } from "../../lib/texts";
import { type TermValues, useTermTexts } from "./model/terms";
import { texts } from "./texts";

type Part = "label" | "input" | "description" | "error";
const PARTS: Part[] = ["label", "input", "description", "error"];
/** Hints stand under what they explain. */
export const below = { inputWrapperOrder: PARTS };

export const whole = (value: string | number): number | "" => (typeof value === "number" ? value : "");

export interface TermsProps {
  readonly values: TermValues;
  readonly set: <Name extends keyof TermValues>(name: Name, value: TermValues[Name]) => void;
  /** Live gold: to practise on, and hidden. */
  readonly stock: { readonly training: number; readonly hidden: number } | null | undefined;
}

type Fields = Omit<TermsProps, "stock">;

/** Below which agreement a question gets a further opinion. */
export function AgreementFloor({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <NumberInput
      {...below}
      label={t.agreementFloor}
      description={t.agreementFloorHint}
      min={0}
      max={100}
      suffix=" %"
      value={values.agreement}
      onChange={(value) => set("agreement", whole(value))}
    />
  );
}

/** Gold: how much of it. */
export function GoldFields({ values, set, stock }: TermsProps) {
  const t = useTexts(texts);
  const said = useTermTexts();
  return (
    <>
      <NumberInput
        {...below}
        label={t.gold}
        description={said.every(values.gold, stock?.hidden ?? 0)}
        min={0}
        max={50}
        suffix=" %"
        value={values.gold}
        onChange={(value) => set("gold", whole(value))}
      />
      <NumberInput
        {...below}
        label={t.practice}
        description={t.practiceHint(stock?.training ?? 0)}
        min={0}
        max={200}
        suffix={` ${t.piecesUnit}`}
        value={values.training}
        onChange={(value) => set("training", whole(value))}
      />
    </>
  );
}

/** What practice has to show before the rest opens, and when somebody is paused by gold. */
export function PauseFields({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <>
      <NumberInput
        {...below}
        label={t.practiceFloor}
        description={t.practiceFloorHint}
        min={0}
        max={100}
        suffix=" %"
        disabled={!values.training}
        value={values.trainingFloor}
        onChange={(value) => set("trainingFloor", whole(value))}
      />
      <NumberInput
        {...below}
        label={t.goldFloor}
        description={t.goldFloorHint}
        min={0}
        max={100}
        suffix=" %"
        disabled={!values.gold}
        value={values.floor}
        onChange={(value) => set("floor", whole(value))}
      />
      <NumberInput
        {...below}
        label={t.goldWindow}
        description={t.goldWindowHint}
        min={1}
        max={200}
        disabled={!values.gold || !values.floor}
        value={values.window}
        onChange={(value) => set("window", whole(value))}
      />
    </>
  );
}

/** Caps and the deadline. */
export function LimitFields({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <>
      <NumberInput
        {...below}
        label={t.cap}
        description={t.capHint}
        min={1}
        value={values.cap}
        onChange={(value) => set("cap", whole(value))}
      />
      <NumberInput
        {...below}
        label={t.dayCap}
        description={t.capHint}
        min={1}
        value={values.dayCap}
        onChange={(value) => set("dayCap", whole(value))}
      />
      <TextInput
        {...below}
        type="datetime-local"
        label={t.deadline}
        description={t.deadlineHint}
        value={values.due}
        onChange={(event) => set("due", event.currentTarget.value)}
      />
    </>
  );
}

/** What the batch may cost; it warns and stops nobody. */
export function BudgetField({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <NumberInput
      {...below}
      label={t.budget}
      description={t.budgetHint}
      min={0}
      max={999_999_999}
      decimalScale={2}
      prefix="$"
      thousandSeparator
      value={values.budget}
      onChange={(value) => set("budget", whole(value))}
    />
  );
}

/** What happens when the deadline has passed. */
export function AfterDue({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <Select
      {...below}
      label={t.afterDue}
      description={t.afterDueHint}
      allowDeselect={false}
      disabled={values.due === ""}
      data={(["go_on", "pause"] as const).map((value) => ({ value, label: t.afterDues[value] }))}
      value={values.afterDue}
      onChange={(value) => value && set("afterDue", value)}
    />
  );
}

/** What stays as it was when the batch began: whether help is shown. */
export function AssistField({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <Select
      {...below}
      label={t.assist}
      description={t.assistHints[values.assist]}
      allowDeselect={false}
      data={(["blind", "after_commit", "from_start"] as const).map((value) => ({
        value,
        label: t.assists[value],
      }))}
      value={values.assist}
      onChange={(value) => value && set("assist", value)}
    />
  );
}

/** A drawn share that gets one opinion more. */
export function ExtraShare({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <NumberInput
      {...below}
      label={t.extraShare}
      description={t.extraShareHint}
      min={0}
      max={100}
      suffix=" %"
      value={values.extraShare}
      onChange={(value) => set("extraShare", whole(value))}
    />
  );
}

/** Whether each person sees an order of letters of their own. */
export function ShuffleField({ values, set }: Fields) {
  const t = useTexts(texts);
  return (
    <Switch
      label={t.shuffled}
      description={t.shuffledHint}
      checked={values.shuffled}
      onChange={(event) => set("shuffled", event.currentTarget.checked)}
    />
  );
}
