import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { ago } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type EndpointRow, useTestEndpoint } from "./api/endpoints";
import classes from "./endpoints.module.css";
import { texts } from "./texts";

/** One tiny picture sent, and what came back. */
export function Test({ row }: { row: EndpointRow }) {
  const t = useTexts(texts);
  const project = useProject();
  const test = useTestEndpoint(project.slug);
  return (
    <div className={classes.test}>
      <div className="row">
        <b className="s">{t.lastTest}</b>
        <span className="s t3 sp">{row.last_test ? ago(row.last_test.at) : t.neverTested}</span>
        <Button
          size="compact-sm"
          loading={test.isPending}
          disabled={!row.has_key}
          onClick={() => test.mutate(row.id)}
        >
          {row.last_test ? t.testAgain : t.testNow}
        </Button>
      </div>
      {test.isPending && <p className="s t2">{t.testing}</p>}
      {test.error && <ErrorPanel error={test.error} />}
      {row.last_test?.lines.map((line) => (
        <div key={line.name} className={classes.line}>
          {line.passed ? (
            <IconCheck className="ok" size={15} stroke={1.8} />
          ) : (
            <IconAlertTriangle className="warn" size={15} stroke={1.6} />
          )}
          <span className="sp clip">{line.name}</span>
          <span className="t2 clip">{line.detail}</span>
        </div>
      ))}
      {row.last_test?.reply && (
        <p className="s t2 clip" title={row.last_test.reply}>
          {t.reply}: <span className="mono">{row.last_test.reply}</span>
        </p>
      )}
    </div>
  );
}
