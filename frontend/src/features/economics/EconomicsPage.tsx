import { IconCoin } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { duration, money, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { economicsQuery, type WayRow } from "./api/economics";
import { texts } from "./texts";

function Way({ row }: { row: WayRow }) {
  const t = useTexts(texts);
  const name =
    row.way === "manual" || row.way === "automated" || row.way === "answer_driven" ? t[row.way] : row.way;
  return (
    <tr>
      <td>
        <span className="row">
          <b>{name}</b>
          {row.sandbox > 0 && <SandboxTag />}
        </span>
      </td>
      <td className="r">{number(row.written)}</td>
      <td className="r">{number(row.passed)}</td>
      <td className="r">{money(row.calls_usd, 4)}</td>
      <td className="r">
        {money(row.active_usd, 4)} <span className="t3">({duration(row.active_ms)})</span>
      </td>
      <td className="r">{number(row.judged)}</td>
      <td style={{ minWidth: 220 }}>
        <IntervalRow label="" {...row.rate} show={(value) => percent(value)} missing={t.notAudited} />
      </td>
      <td className="r">
        {row.per_accepted === null ? (
          <span className="t3">{t.notAudited}</span>
        ) : (
          <span>
            <b>{money(row.per_accepted, 4)}</b>{" "}
            {row.per_accepted_low !== null && row.per_accepted_high !== null && (
              <span className="t3">
                {money(row.per_accepted_low, 4)}–{money(row.per_accepted_high, 4)}
              </span>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Which way is cheapest at equal quality. */
export function EconomicsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const economics = useQuery(economicsQuery(project.slug));
  if (economics.isPending) return <Loading />;
  if (economics.error) return <ErrorPanel error={economics.error} retry={() => void economics.refetch()} />;
  const rows = economics.data.results;
  const any = rows.some((row) => row.written > 0);
  return (
    <>
      <PageHeader title={t.title} note={t.note(money(economics.data.hourly_rate_usd))} />
      <section className="panel">
        {any ? (
          <div className="pb" style={{ paddingTop: 11 }}>
            <table className="tbl">
              <thead>
                <tr>
                  <th>{t.way}</th>
                  <th className="r">{t.written}</th>
                  <th className="r">{t.passed}</th>
                  <th className="r">{t.calls}</th>
                  <th className="r">{t.people}</th>
                  <th className="r">{t.judged}</th>
                  <th>{t.rate}</th>
                  <th className="r">
                    {t.per} <span className="t3">{t.interval}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Way key={row.way} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <EmptyState icon={<IconCoin size={22} />} title={t.none}>
            {t.noneWhy}
          </EmptyState>
        )}
      </section>
      <p className="s t3">{t.how}</p>
    </>
  );
}
