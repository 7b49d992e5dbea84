import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SettingsTabs } from "../../components/SettingsTabs";
import { SeverityGlyph } from "../../components/SeverityGlyph";
import { useCommands } from "../../lib/commands";
import { day, moment } from "../../lib/format";
import { isSeverity } from "../../lib/severity";
import { useTexts } from "../../lib/texts";
import { AspectEditor } from "./AspectEditor";
import { type Aspect, type AspectList, aspectsQuery, historyQuery, useAspectChanges } from "./api/aspects";
import { RulePanel } from "./RulePanel";
import classes from "./settings.module.css";
import { texts } from "./texts";
import { useNamed } from "./useNamed";

const NEW = "new";

function Rows(props: { list: AspectList; chosen: string | null; choose: (key: string) => void }) {
  const t = useTexts(texts);
  const named = useNamed();
  const project = useProject();
  const lead = useMay("lead");
  const { order, restore } = useAspectChanges(project.slug);
  const rows = props.list.results;
  const move = (from: number, to: number) => {
    const keys = rows.map((row) => row.key);
    const [key] = keys.splice(from, 1);
    if (key) order.mutate([...keys.slice(0, to), key, ...keys.slice(to)]);
  };
  const line = (row: Aspect, index: number) => (
    <div key={row.key} className={classes.pick} data-on={row.key === props.chosen || undefined}>
      <button type="button" onClick={() => props.choose(row.key)}>
        <b>{row.names.en}</b> <span className="t2">{row.names.zh}</span>
        <br />
        <span className="s t3 mono">{row.key}</span>
      </button>
      <span className="s t2 clip" title={named(row.description)}>
        {named(row.description)}
      </span>
      <span className={classes.glyphs}>
        {row.severities.filter(isSeverity).map((severity) => (
          <span key={severity} className={severity}>
            <SeverityGlyph mark={severity} />
          </span>
        ))}
      </span>
      {lead && (
        <span className="row gap2">
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t.moveUp(named(row.names))}
            disabled={index === 0 || order.isPending}
            onClick={() => move(index, index - 1)}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t.moveDown(named(row.names))}
            disabled={index === rows.length - 1 || order.isPending}
            onClick={() => move(index, index + 1)}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
        </span>
      )}
    </div>
  );
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.aspects}</h2>
        <span className="t2 s sp">{t.aspectsNote}</span>
      </div>
      {rows.map(line)}
      {(order.error ?? restore.error) && <ErrorPanel error={order.error ?? restore.error} />}
      {props.list.retired.length > 0 && (
        <div className="pb col gap2" style={{ paddingTop: 10 }}>
          <h3>{t.retired}</h3>
          {props.list.retired.map((row) => (
            <div key={row.key} className="row">
              <span className="sp t2">
                {named(row.names)} <span className="mono s t3">{row.key}</span>
              </span>
              <span className="t3 s">{row.retired_at && t.retiredOn(day(row.retired_at))}</span>
              {lead && (
                <Button size="compact-sm" loading={restore.isPending} onClick={() => restore.mutate(row.key)}>
                  {t.restore}
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function History() {
  const t = useTexts(texts);
  const named = useNamed();
  const project = useProject();
  const history = useQuery(historyQuery(project.slug));
  const rows = history.data?.aspects ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.before}</h2>
      </div>
      <div className="pb">
        <table className="tbl">
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.key} ${row.revision}`}>
                <td className="mono s">{row.key}</td>
                <td>
                  {t.revision(row.revision)}: {named(row.names)} {row.retired && `(${t.retired})`}
                </td>
                <td className="t2 s">{row.severities.join(" ")}</td>
                <td className="t3 s r">
                  {t.until} {moment(row.replaced_at)} {row.by}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What is judged, in which order, with which verdicts, and when a candidate belongs to the answer. */
export function AspectsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const [query, setQuery] = useSearchParams();
  const aspects = useQuery(aspectsQuery(project.slug));
  const wanted = query.get("aspect");
  const rows = aspects.data?.results ?? [];
  const chosen = wanted === NEW ? null : (rows.find((row) => row.key === wanted) ?? rows[0] ?? null);
  const addNew = () => setQuery({ aspect: NEW });
  useCommands({
    name: "aspects",
    title: t.aspects,
    commands: lead ? [{ name: "new-aspect", label: t.addAspect, keys: ["KeyN"], perform: addNew }] : [],
  });
  return (
    <>
      <PageHeader title={t.title}>
        {lead && (
          <Button
            leftSection={<IconPlus size={15} stroke={1.6} />}
            rightSection={<Keycap chord="KeyN" />}
            onClick={addNew}
          >
            {t.addAspect}
          </Button>
        )}
      </PageHeader>
      <SettingsTabs />
      {aspects.isPending ? (
        <Loading />
      ) : aspects.error ? (
        <ErrorPanel error={aspects.error} retry={() => void aspects.refetch()} />
      ) : (
        <div className={classes.columns}>
          <div>
            <Rows
              list={aspects.data}
              chosen={chosen?.key ?? null}
              choose={(key) => setQuery({ aspect: key })}
            />
            <RulePanel
              key={aspects.data.rule_version}
              threshold={aspects.data.threshold}
              version={aspects.data.rule_version}
            />
            <History />
          </div>
          <div>
            <AspectEditor
              key={chosen ? `${chosen.key} ${chosen.revision}` : NEW}
              aspect={chosen}
              done={(key) => setQuery(key ? { aspect: key } : {})}
            />
          </div>
        </div>
      )}
    </>
  );
}
