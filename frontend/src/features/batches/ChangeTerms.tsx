import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../components/Dialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useTexts } from "../../lib/texts";
import type { BatchDetail, ChangeBatch } from "./api/batch";
import classes from "./batches.module.css";
import { changeableOf, type TermValues, valuesOf } from "./model/terms";
import {
  AfterDue,
  AgreementFloor,
  BudgetField,
  below,
  GoldFields,
  LimitFields,
  PauseFields,
  type TermsProps,
  whole,
} from "./TermsFields";
import { texts } from "./texts";
import { WhoMayWork } from "./WhoMayWork";

interface Props {
  readonly detail: BatchDetail;
  readonly change: ChangeBatch;
}

/** The button, and behind it what of a running batch may still change. */
export function ChangeTerms({ detail, change }: Props) {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" onClick={() => setOpen(true)}>
        {t.change}
      </Button>
      {open && <Terms detail={detail} change={change} onClose={() => setOpen(false)} />}
    </>
  );
}

function Terms({ detail, change, onClose }: Props & { onClose: () => void }) {
  const t = useTexts(texts);
  const [values, setValues] = useState<TermValues>(valuesOf(detail.terms ?? {}));
  const [people, setPeople] = useState(detail.batch.people.map(String));
  const [maximum, setMaximum] = useState<number | "">(detail.batch.maximum);
  const set: TermsProps["set"] = (name, value) => setValues((now) => ({ ...now, [name]: value }));
  const save = () =>
    change.mutate(
      {
        people: people.map(Number),
        maximum: maximum || detail.batch.wanted,
        terms: changeableOf(values),
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog onClose={onClose} title={t.changeTerms} size="xl">
      <div className="col gap6">
        <WhoMayWork people={people} set={setPeople} />
        <div className={classes.four}>
          <NumberInput
            {...below}
            label={t.maximum}
            description={t.maximumHint}
            min={detail.batch.wanted}
            max={20}
            value={maximum}
            onChange={(value) => setMaximum(whole(value))}
          />
          <AgreementFloor values={values} set={set} />
        </div>
        {detail.batch.kind === "label" && (
          <div className={classes.four}>
            <GoldFields values={values} set={set} stock={detail.gold_stock} />
            <PauseFields values={values} set={set} />
          </div>
        )}
        <div className={classes.four}>
          <LimitFields values={values} set={set} />
          <AfterDue values={values} set={set} />
          <BudgetField values={values} set={set} />
        </div>
        {change.error && <ErrorPanel error={change.error} />}
        <div className="row">
          <span className="sp" />
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button variant="filled" loading={change.isPending} onClick={save}>
            {t.save}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
