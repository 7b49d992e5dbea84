import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { ProgressLine } from "../../components/ProgressLine";
import { SaveRow } from "../../components/SaveRow";
import { money, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Budget, budgetQuery, useSetCaps } from "./api/budget";
import classes from "./rationales.module.css";
import { texts } from "./texts";

function Used({ used, cap, ofCap }: { used: Budget["today"]; cap: string | null; ofCap: string }) {
  const t = useTexts(texts);
  return (
    <span className={classes.used}>
      <span className="nw">
        <b>{usd(used.spent)}</b> <span className="t2">{cap === null ? t.noCap : ofCap}</span>
        {Number(used.reserved) > 0 && <span className="s t3"> · {t.reserved(usd(used.reserved))}</span>}
      </span>
      {cap !== null && (
        <ProgressLine
          parts={[
            { value: Number(used.spent), tone: "accent" },
            { value: Number(used.reserved), tone: "quiet" },
          ]}
          total={Number(cap)}
        />
      )}
    </span>
  );
}

/** What the project's calls cost today and in all, and under which caps. */
export function BudgetPanel() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const [changing, setChanging] = useState(false);
  const found = useQuery(budgetQuery(project.slug));
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { today, in_all, daily_cap, total_cap, play_in_all } = found.data;
  return (
    <section className={`panel ${classes.budget}`} aria-label={t.budget}>
      <h3>{t.today}</h3>
      <Used used={today} cap={daily_cap} ofCap={t.ofDailyCap(money(daily_cap ?? 0))} />
      <h3>{t.inAll}</h3>
      <Used used={in_all} cap={total_cap} ofCap={t.ofCap(money(total_cap ?? 0))} />
      <span className="sp s t3 clip">
        {Number(play_in_all.spent) > 0 && t.playMoneyToo(usd(play_in_all.spent))}
      </span>
      {lead && (
        <Button size="compact-sm" onClick={() => setChanging(true)}>
          {t.changeCaps}
        </Button>
      )}
      {changing && <CapsDialog budget={found.data} close={() => setChanging(false)} />}
    </section>
  );
}

const asField = (cap: string | null): number | "" => (cap === null ? "" : Number(cap));
const asCap = (field: number | string): string | null => (field === "" ? null : String(field));

function CapsDialog({ budget, close }: { budget: Budget; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const save = useSetCaps(project.slug);
  const [daily, setDaily] = useState<number | string>(asField(budget.daily_cap));
  const [total, setTotal] = useState<number | string>(asField(budget.total_cap));
  return (
    <Dialog onClose={close} title={t.changeCaps}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ total_cap: asCap(total), daily_cap: asCap(daily) }, { onSuccess: close });
        }}
      >
        <p className="t2">{t.capsWhy}</p>
        <NumberInput
          label={t.dailyCap}
          description={t.emptyNoCap}
          value={daily}
          onChange={setDaily}
          min={0}
          decimalScale={4}
          data-autofocus
        />
        <NumberInput
          label={t.totalCap}
          description={t.emptyNoCap}
          value={total}
          onChange={setTotal}
          min={0}
          decimalScale={4}
        />
        <SaveRow verb={t.save} saving={save} />
      </form>
    </Dialog>
  );
}
