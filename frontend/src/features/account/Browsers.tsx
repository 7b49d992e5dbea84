import { Button } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { ago, day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Browser, browsersQuery, useBrowsers } from "./api/signIns";
import { browserName } from "./model/userAgent";
import { texts } from "./texts";

function Row({ row, onEnd, busy }: { row: Browser; onEnd: () => void; busy: boolean }) {
  const t = useTexts(texts);
  return (
    <tr>
      <td>
        <span className="row" title={row.user_agent}>
          <IconDeviceDesktop size={16} stroke={1.5} />
          <b>{browserName(row.user_agent) ?? t.unknown}</b>
          {row.current && <span className="badge ok">{t.here}</span>}
        </span>
      </td>
      <td className="t2 nw">{ago(row.created_at)}</td>
      <td className="t2 nw">{day(row.expires_at)}</td>
      <td className="r">
        {!row.current && (
          <Button size="compact-sm" loading={busy} onClick={onEnd}>
            {t.signOut}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Where the person is signed in, and the way to end it. */
export function Browsers() {
  const t = useTexts(texts);
  const browsers = useQuery(browsersQuery);
  const { end, endOthers } = useBrowsers();
  if (browsers.isPending) return <Loading />;
  if (browsers.error) return <ErrorPanel error={browsers.error} retry={() => void browsers.refetch()} />;
  const rows = browsers.data.results;
  const others = rows.filter((row) => !row.current).map((row) => row.id);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.browsers}</h2>
        <span className="sp" />
        {others.length > 0 ? (
          <Button size="compact-sm" loading={endOthers.isPending} onClick={() => endOthers.mutate(others)}>
            {t.signOutOthers(others.length)}
          </Button>
        ) : (
          <span className="s t3">{t.onlyHere}</span>
        )}
      </div>
      <div className="pb col">
        <p className="t2">{t.browsersWhy}</p>
        {(end.error || endOthers.error) && <ErrorPanel error={end.error ?? endOthers.error} />}
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.browser}</th>
              <th>{t.since}</th>
              <th>{t.until}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                busy={end.isPending && end.variables === row.id}
                onEnd={() => end.mutate(row.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
