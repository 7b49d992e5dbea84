import { Button } from "@mantine/core";
import { IconAlertTriangle, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { SettingsTabs } from "../../components/SettingsTabs";
import { useCommands } from "../../lib/commands";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { endpointsQuery } from "./api/endpoints";
import { Editor } from "./Editor";
import classes from "./endpoints.module.css";
import { List } from "./List";
import { texts } from "./texts";

const NEW = "new";

/** Which model answers, at what price since when, what did the test find? */
export function EndpointsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const [query, setQuery] = useSearchParams();
  const endpoints = useQuery(endpointsQuery(project.slug));
  const rows = endpoints.data?.results ?? [];
  const wanted = query.get("endpoint");
  const chosen = wanted === NEW ? null : (rows.find((row) => row.id === wanted) ?? rows[0] ?? null);
  const addNew = () => setQuery({ endpoint: NEW });
  useCommands({
    name: "endpoints",
    title: t.title,
    commands: [{ name: "new-endpoint", label: t.add, keys: ["KeyN"], perform: addNew }],
  });
  const stalled = rows.filter((row) => row.waiting > 0 && (row.rests_until !== null || !row.has_key));
  return (
    <>
      <PageHeader title={t.settings} note={t.speaks}>
        <Button
          leftSection={<IconPlus size={15} stroke={1.6} />}
          rightSection={<Keycap chord="KeyN" />}
          onClick={addNew}
        >
          {t.add}
        </Button>
      </PageHeader>
      <SettingsTabs />
      {endpoints.isPending ? (
        <Loading />
      ) : endpoints.error ? (
        <ErrorPanel error={endpoints.error} retry={() => void endpoints.refetch()} />
      ) : (
        <div className={classes.columns}>
          <section className="panel">
            {rows.length === 0 ? (
              <EmptyState title={t.none}>{t.noneWhy}</EmptyState>
            ) : (
              <List rows={rows} chosen={chosen?.id ?? null} choose={(id) => setQuery({ endpoint: id })} />
            )}
            {stalled.map((row) => (
              <div key={row.id} className="alert bad" style={{ margin: 12 }}>
                <IconAlertTriangle size={16} />
                <b>{row.name}</b> {t.waiting(number(row.waiting))}
              </div>
            ))}
            <div className={`row s t2 ${classes.sandbox}`}>
              <SandboxTag /> <span>{t.sandboxNote}</span>
            </div>
          </section>
          {chosen || wanted === NEW ? (
            <Editor
              key={chosen?.id ?? NEW}
              row={chosen}
              hosts={endpoints.data.hosts}
              done={(id) => setQuery({ endpoint: id })}
            />
          ) : (
            <section className="panel">
              <EmptyState title={t.choose} />
            </section>
          )}
        </div>
      )}
    </>
  );
}
