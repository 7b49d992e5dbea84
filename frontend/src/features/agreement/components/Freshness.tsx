import { Button, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { ago } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { type Standing, useRefresh } from "../api/agreement";
import { texts } from "../texts";

/** When the figures were made, whether newer work waits, and a button that does not wait. */
export function Freshness(props: { project: string; standing: Standing; short?: boolean }) {
  const { project, standing } = props;
  const t = useTexts(texts);
  const refresh = useRefresh(project);
  const said = `${standing.made_at ? t.madeAt(ago(standing.made_at)) : t.notMade}${
    standing.due && !standing.failure ? ` · ${t.due}` : ""
  }`;
  return (
    <span className="row s t3 nw" title={said}>
      {standing.failure && (
        <Tooltip label={standing.failure} multiline maw={420}>
          <span className="row bad">
            <IconAlertTriangle size={14} /> {t.failed}
          </span>
        </Tooltip>
      )}
      {!props.short && said}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        loading={refresh.isPending}
        leftSection={<IconRefresh size={14} stroke={1.6} />}
        onClick={() => refresh.mutate()}
      >
        {t.again}
      </Button>
    </span>
  );
}
