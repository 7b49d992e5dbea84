import { IconAlertTriangle, IconCheck, IconClock, IconX } from "@tabler/icons-react";
import { SandboxTag } from "../../components/SandboxTag";
import { day, moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { EndpointRow } from "./api/endpoints";
import classes from "./endpoints.module.css";
import { type Standing, standingOf } from "./model/standing";
import { usd } from "./model/values";
import { texts } from "./texts";

const SIGNS: Readonly<Record<Standing, { tone: string; icon: typeof IconX | null }>> = {
  retired: { tone: "t3", icon: null },
  noKey: { tone: "bad", icon: IconX },
  resting: { tone: "warn", icon: IconClock },
  failing: { tone: "bad", icon: IconX },
  silent: { tone: "warn", icon: IconAlertTriangle },
  answering: { tone: "ok", icon: IconCheck },
  untested: { tone: "t3", icon: null },
};

function State({ row }: { row: EndpointRow }) {
  const t = useTexts(texts);
  const standing = standingOf(row);
  const { tone, icon: Icon } = SIGNS[standing];
  return (
    <span className={`row gap2 ${tone}`}>
      {Icon && <Icon size={15} stroke={1.8} />}
      {standing === "resting" && row.rests_until ? t.resting(moment(row.rests_until)) : t.standings[standing]}
    </span>
  );
}

/** Every endpoint with how it stands, its latency, its use and its price. */
export function List({
  rows,
  chosen,
  choose,
}: {
  rows: EndpointRow[];
  chosen: string | null;
  choose: (id: string) => void;
}) {
  const t = useTexts(texts);
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.model}</th>
          <th>{t.state}</th>
          <th className="r">{t.latency}</th>
          <th className="r">{t.callsHour}</th>
          <th className="r">{t.price}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            className={`${classes.row} ${row.id === chosen ? "on" : ""}`}
            onClick={() => choose(row.id)}
          >
            <td>
              <button
                type="button"
                className="row gap2 b"
                style={{ background: "none", border: 0, padding: 0, font: "inherit", color: "inherit" }}
                onClick={() => choose(row.id)}
              >
                {row.name} {row.sandbox && <SandboxTag />}
              </button>
              <div className="s t2 mono">
                {row.model} · {row.base_url.replace(/^https?:\/\//, "")}
              </div>
            </td>
            <td>
              <State row={row} />
            </td>
            <td className="r">{row.latency_ms === null ? "–" : `${number(row.latency_ms)} ms`}</td>
            <td className="r">{number(row.calls_last_hour)}</td>
            <td className="r">
              {row.price ? (
                <>
                  {usd(row.price.input_per_million)} / {usd(row.price.output_per_million)}
                  <div className="s t3">{t.since(day(row.price.valid_from))}</div>
                </>
              ) : (
                <span className="bad s">{t.noPrice}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
