import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { ProgressLine } from "../../components/ProgressLine";
import { SaveRow } from "../../components/SaveRow";
import { money, utcMonth } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Month, monthQuery, useSetBudget } from "./api/peopleBudget";
import classes from "./economics.module.css";
import { texts } from "./texts";

/** What people's work has cost this month, of what it may cost. */
export function PeopleBudget() {
  const t = useTexts(texts);
  const project = useProject();
  const month = useQuery(monthQuery(project.slug));
  const [changing, setChanging] = useState(false);
  if (month.error) return <ErrorPanel error={month.error} retry={() => void month.refetch()} />;
  if (!month.data) return null;
  const { budget_usd, spent_usd, works } = month.data;
  const [spent, budget] = [Number(spent_usd), Number(budget_usd)];
  return (
    <section className={`panel ${classes.month}`} aria-label={t.peopleIn(utcMonth(month.data.month))}>
      <h2>{t.peopleIn(utcMonth(month.data.month))}</h2>
      <span className={classes.spent}>
        <span className="nw">
          <b>{money(spent)}</b>{" "}
          <span className="t2">{budget_usd === null ? t.noBudget : t.ofBudget(money(budget))}</span>
        </span>
        {budget_usd !== null && (
          <ProgressLine
            parts={[
              { value: spent, tone: spent >= budget ? "bad" : spent >= 0.8 * budget ? "warn" : "accent" },
            ]}
            total={Math.max(spent, budget)}
          />
        )}
      </span>
      <span className="sp s t2">
        {works.map((each) => `${t.works[each.work]} ${money(each.usd)}`).join(" · ")}
      </span>
      <Button size="compact-sm" onClick={() => setChanging(true)}>
        {budget_usd === null ? t.setBudget : t.changeBudget}
      </Button>
      {changing && <BudgetDialog month={month.data} close={() => setChanging(false)} />}
    </section>
  );
}

function BudgetDialog({ month, close }: { month: Month; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const save = useSetBudget(project.slug);
  const [usd, setUsd] = useState<number | string>(month.budget_usd === null ? "" : Number(month.budget_usd));
  return (
    <Dialog onClose={close} title={t.monthsBudget}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ monthly_usd: usd === "" ? null : String(usd) }, { onSuccess: close });
        }}
      >
        <p className="s t2">{t.budgetWhy}</p>
        <NumberInput
          label={t.usdAMonth}
          description={t.emptyNoBudget}
          min={0}
          decimalScale={2}
          thousandSeparator=","
          value={usd}
          onChange={setUsd}
          data-autofocus
        />
        <SaveRow verb={t.save} saving={save} />
      </form>
    </Dialog>
  );
}
