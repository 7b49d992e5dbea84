import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCoin, IconInfoCircle, IconScale } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalTrack } from "../../components/IntervalTrack";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { duration, money, number, percent, usd } from "../../lib/format";
import { useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { type By, type Economics, economicsQuery, type GroupRow } from "./api/economics";
import classes from "./economics.module.css";
import { digitsOfMark, type Mark, onLog, parts, scaleOf, sums } from "./model/costs";
import { PeopleBudget } from "./PeopleBudget";
import { RateDialog } from "./RateDialog";
import { texts } from "./texts";

const DIMENSIONS: readonly By[] = ["way", "prompt", "model", "aspect"];

function useName(): (row: GroupRow, by: By) => string {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  return (row, by) => {
    if (by === "way") {
      const way = t.ways[row.way as keyof typeof t.ways] ?? row.way;
      const stage = t.stages[row.stage as keyof typeof t.stages] ?? row.stage;
      return row.way === "answer_driven" ? `${way}, ${stage}` : way;
    }
    if (row.name === "") return t.byPeople;
    return by === "aspect" ? aspectName(row.name) : row.name;
  };
}

function Track({ row, scale }: { row: GroupRow; scale: readonly Mark[] }) {
  const value = row.per_accepted === null ? null : Number(row.per_accepted);
  const bound = (given: string | null) => (given === null ? value : Number(given));
  return (
    <IntervalTrack
      value={value}
      low={bound(row.per_accepted_low)}
      high={bound(row.per_accepted_high)}
      at={(shown) => 100 * onLog(shown, scale)}
    />
  );
}

function MadeOf({ row }: { row: GroupRow }) {
  const t = useTexts(texts);
  return (
    <span className={classes.bar}>
      {parts(row).map((part) => (
        <i
          key={part.of}
          className={classes[part.of]}
          style={{ width: `${100 * part.share}%` }}
          title={`${t.parts[part.of]} ${usd(part.usd)}`}
        />
      ))}
    </span>
  );
}

function Groups({ rows, by }: { rows: readonly GroupRow[]; by: By }) {
  const t = useTexts(texts);
  const name = useName();
  const scale = scaleOf(rows);
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.by[by]}</th>
          <th className="r" title={t.interval}>
            {t.per}
          </th>
          <th className={classes.wide}>
            <span className={classes.scale}>
              {scale.map((mark) => (
                <span key={mark.usd} style={{ left: `${100 * mark.at}%` }}>
                  {money(mark.usd, digitsOfMark(mark.usd))}
                </span>
              ))}
            </span>
          </th>
          <th>{t.madeOf}</th>
          <th className="r" title={t.interval}>
            {t.rate}
          </th>
          <th className="r">{t.passed}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              <span className="row gap2">
                <b className="clip">{name(row, by)}</b>
                {row.sandbox && <SandboxTag />}
              </span>
              {row.traced > 0 && (
                <div className="s t2">{t.pasted(number(row.mostly_pasted), number(row.traced))}</div>
              )}
            </td>
            <td className="r">
              {row.per_accepted === null ? (
                <span className="t3">{t.notAudited}</span>
              ) : (
                <>
                  <b>{usd(row.per_accepted)}</b>
                  {row.per_accepted_low !== null && row.per_accepted_high !== null && (
                    <div className="s t2">{`${usd(row.per_accepted_low)}–${usd(row.per_accepted_high)}`}</div>
                  )}
                </>
              )}
            </td>
            <td className={classes.wide}>
              <Track row={row} scale={scale} />
            </td>
            <td style={{ minWidth: 130 }}>
              <MadeOf row={row} />
            </td>
            <td className="r">
              <b>{row.rate.value === null ? "–" : percent(row.rate.value, 1)}</b>
              {row.rate.low !== null && row.rate.high !== null && (
                <div className="s t2">{`${percent(row.rate.low, 1)}–${percent(row.rate.high, 1)}`}</div>
              )}
            </td>
            <td className="r nw">
              {number(row.passed)} <span className="t3">{t.ofWritten(number(row.written))}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Where({
  rows,
  rates,
  onRate,
}: {
  rows: readonly GroupRow[];
  rates: Economics["rates"];
  onRate: () => void;
}) {
  const t = useTexts(texts);
  const all = sums(rows);
  const rate = (work: string) => money(rates.find((each) => each.work === work)?.usd_per_hour ?? 0);
  const lines = [
    { name: t.parts.writing, note: t.hours(duration(all.writing_ms), rate("writing")), usd: all.writing },
    { name: t.parts.calls, note: t.callCount(number(all.calls)), usd: all.callsUsd },
    { name: t.parts.audit, note: t.hours(duration(all.audit_ms), rate("audit")), usd: all.audit },
    { name: t.parts.rework, note: t.hours(duration(all.rework_ms), rate("rework")), usd: all.rework },
  ];
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.where}</h2>
        <Button size="compact-sm" onClick={onRate}>
          {t.enterRate}
        </Button>
      </div>
      {lines.map((line) => (
        <div key={line.name} className={classes.line}>
          <span className="sp">
            {line.name}
            <br />
            <span className="s t2">{line.note}</span>
          </span>
          <b>{usd(line.usd)}</b>
        </div>
      ))}
      <div className={classes.line}>
        <b className="sp">{t.total}</b>
        <b>{usd(all.total)}</b>
      </div>
      {all.sandbox > 0 && (
        <div className={`row gap2 s ${classes.note}`}>
          <IconInfoCircle size={15} stroke={1.6} /> {t.sandboxPart(usd(all.sandbox))}
        </div>
      )}
    </section>
  );
}

function Books({ days }: { days: Economics["days"] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const day = (at: string) =>
    new Date(`${at}T00:00:00Z`).toLocaleDateString(locale, {
      timeZone: "UTC",
      day: "numeric",
      month: "short",
    });
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.books}</h2>
      </div>
      {days.length === 0 ? (
        <p className="pb t2">{t.notClosed}</p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.day}</th>
              <th className="r">{t.posted}</th>
              <th className="r">{t.recomputed}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {days.map((each) => (
              <tr key={each.day}>
                <td>{day(each.day)}</td>
                <td className="r">{usd(each.posted)}</td>
                <td className="r">{usd(each.recomputed)}</td>
                <td>
                  {each.agrees ? (
                    <span className="row gap2 ok s">
                      <IconCheck size={14} stroke={1.8} /> {t.agrees}
                    </span>
                  ) : (
                    <span className="row gap2 bad s">
                      <IconAlertTriangle size={14} stroke={1.8} /> {t.differs}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={`pb s t3 ${days.length > 0 ? classes.below : ""}`}>{t.booksWhy}</p>
    </section>
  );
}

/** Which way is cheapest at equal quality, where the money went, and do the books close? */
export function EconomicsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const [query, setQuery] = useSearchParams();
  const by = DIMENSIONS.find((each) => each === query.get("by")) ?? "way";
  const qualityOf = query.get("quality_of") ?? "";
  const economics = useQuery({
    ...economicsQuery(project.slug, by, qualityOf),
    placeholderData: keepPreviousData,
  });
  const name = useName();
  const [entering, setEntering] = useState(false);
  if (economics.isPending) return <Loading />;
  if (economics.error) return <ErrorPanel error={economics.error} retry={() => void economics.refetch()} />;
  const { results, rates, days } = economics.data;
  const shown = qualityOf
    ? results.map((row) => ({
        ...row,
        per_accepted: row.equal,
        per_accepted_low: row.equal_low,
        per_accepted_high: row.equal_high,
      }))
    : results;
  return (
    <>
      <PageHeader title={t.title} note={t.note}>
        <Button component={Link} to={`/p/${project.slug}/trials`} leftSection={<IconScale size={15} />}>
          {t.trials}
        </Button>
        <SegmentedControl
          aria-label={t.groupBy}
          value={by}
          onChange={(value) => setQuery({ by: value }, { replace: true })}
          data={DIMENSIONS.map((each) => ({ value: each, label: t.by[each] }))}
        />
      </PageHeader>
      {entering && <RateDialog rates={rates} close={() => setEntering(false)} />}
      <PeopleBudget />
      <section className="panel">
        <div className="ph">
          <h2 className="sp">{t.costOf[by]}</h2>
          <span className="s t3">{t.intervals}</span>
          <Select
            aria-label={t.quality}
            w={250}
            value={qualityOf}
            allowDeselect={false}
            onChange={(key) => setQuery(key ? { by, quality_of: key } : { by }, { replace: true })}
            data={[
              { value: "", label: t.asItIs },
              ...results
                .filter((row) => row.rate.value)
                .map((row) => ({ value: row.key, label: t.atQualityOf(name(row, by)) })),
            ]}
          />
        </div>
        {results.length > 0 ? (
          <>
            <div className={classes.scroll}>
              <Groups rows={shown} by={by} />
            </div>
            <div className={`row s t2 ${classes.legend}`}>
              {(["writing", "calls", "audit", "rework"] as const).map((part) => (
                <span key={part} className="row gap2">
                  <i className={`${classes.key} ${classes[part]}`} /> {t.parts[part]}
                </span>
              ))}
            </div>
          </>
        ) : (
          <EmptyState
            icon={<IconCoin size={22} />}
            title={t.none}
            action={
              <Button component={Link} to={`/p/${project.slug}/rationales`}>
                {t.toRationales}
              </Button>
            }
          >
            {t.noneWhy}
          </EmptyState>
        )}
      </section>
      <div className={classes.two}>
        <Where rows={results} rates={rates} onRate={() => setEntering(true)} />
        <Books days={days} />
      </div>
      <p className="s t3">{qualityOf ? t.howEqual : t.how}</p>
    </>
  );
}
