import { Button, Checkbox, Tabs, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { CopyLink } from "../../components/CopyLink";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { day, moment } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { logQuery } from "./api/log";
import { peopleQuery, usePeople } from "./api/people";
import { projectsQuery, useProjects } from "./api/projects";
import { texts } from "./texts";

function AddPerson() {
  const t = useTexts(texts);
  const { create } = usePeople();
  const form = useForm({ initialValues: { username: "", name: "", password: "", is_administrator: false } });
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.add}</h2>
      </div>
      <form
        className="pb col gap5"
        onSubmit={form.onSubmit((body) => create.mutate(body, { onSuccess: () => form.reset() }))}
      >
        <div className="row t wrap">
          <TextInput label={t.username} required {...form.getInputProps("username")} />
          <TextInput label={t.name} {...form.getInputProps("name")} />
          <TextInput
            label={t.password}
            description={t.passwordWhy}
            type="password"
            autoComplete="new-password"
            required
            {...form.getInputProps("password")}
          />
        </div>
        <Checkbox label={t.administrator} {...form.getInputProps("is_administrator", { type: "checkbox" })} />
        {create.error && <ErrorPanel error={create.error} />}
        <div>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t.add}
          </Button>
        </div>
      </form>
    </section>
  );
}

function People() {
  const t = useTexts(texts);
  const people = useQuery(peopleQuery);
  const { change, reset } = usePeople();
  if (people.isPending) return <Loading />;
  if (people.error) return <ErrorPanel error={people.error} retry={() => void people.refetch()} />;
  const named = people.data.results.find((person) => person.user_id === reset.variables);
  return (
    <div className="col gap5">
      {reset.data && named && (
        <section className="panel">
          <div className="pb col" style={{ paddingTop: 11 }}>
            <p>{t.resetWhy(named.name || named.username)}</p>
            <CopyLink url={reset.data.url} label={t.reset} />
          </div>
        </section>
      )}
      {(change.error || reset.error) && <ErrorPanel error={change.error ?? reset.error} />}
      <section className="panel">
        <div className="pb" style={{ paddingTop: 11 }}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t.name}</th>
                <th>{t.username}</th>
                <th>{t.administrator}</th>
                <th>{t.state}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {people.data.results.map((person) => (
                <tr key={person.user_id}>
                  <td>
                    <b>{person.name || person.username}</b>
                  </td>
                  <td className="mono t2">{person.username}</td>
                  <td>
                    <Checkbox
                      aria-label={t.administrator}
                      checked={person.is_administrator}
                      onChange={(event) =>
                        change.mutate({ user: person.user_id, is_administrator: event.currentTarget.checked })
                      }
                    />
                  </td>
                  <td>
                    {person.is_active ? (
                      <span className="t2">{t.activeSince(day(person.joined_at))}</span>
                    ) : (
                      <span className="badge warn">{t.inactive}</span>
                    )}
                  </td>
                  <td className="r">
                    <span className="row" style={{ justifyContent: "flex-end" }}>
                      <Button size="compact-sm" onClick={() => reset.mutate(person.user_id)}>
                        {t.reset}
                      </Button>
                      <Button
                        size="compact-sm"
                        onClick={() => change.mutate({ user: person.user_id, is_active: !person.is_active })}
                      >
                        {person.is_active ? t.deactivate : t.activate}
                      </Button>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <AddPerson />
    </div>
  );
}

function Projects() {
  const t = useTexts(texts);
  const projects = useQuery(projectsQuery);
  const { create, change } = useProjects();
  const form = useForm({ initialValues: { slug: "", name: "", lead: "" } });
  if (projects.isPending) return <Loading />;
  if (projects.error) return <ErrorPanel error={projects.error} retry={() => void projects.refetch()} />;
  return (
    <div className="col gap5">
      <p className="t2">{t.note}</p>
      <section className="panel">
        <div className="pb" style={{ paddingTop: 11 }}>
          <table className="tbl">
            <tbody>
              {projects.data.results.map((project) => (
                <tr key={project.id}>
                  <td>
                    <b>{project.name}</b>
                  </td>
                  <td className="mono t2">{project.slug}</td>
                  <td>{project.state === "archived" && <span className="badge">{t.archived}</span>}</td>
                  <td className="r">
                    <Button
                      size="compact-sm"
                      onClick={() =>
                        change.mutate({
                          slug: project.slug,
                          state: project.state === "active" ? "archived" : "active",
                        })
                      }
                    >
                      {project.state === "active" ? t.archive : t.restore}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {change.error && <ErrorPanel error={change.error} />}
        </div>
      </section>
      <section className="panel">
        <div className="ph">
          <h2>{t.addProject}</h2>
        </div>
        <form
          className="pb col gap5"
          onSubmit={form.onSubmit((body) =>
            create.mutate({ ...body, lead: body.lead || null }, { onSuccess: () => form.reset() }),
          )}
        >
          <div className="row t wrap">
            <TextInput label={t.slug} description={t.slugWhy} required {...form.getInputProps("slug")} />
            <TextInput label={t.name} required {...form.getInputProps("name")} />
            <TextInput label={t.lead} {...form.getInputProps("lead")} />
          </div>
          {create.error && <ErrorPanel error={create.error} />}
          <div>
            <Button type="submit" variant="filled" loading={create.isPending}>
              {t.addProject}
            </Button>
          </div>
        </form>
      </section>
    </div>
  );
}

function Log() {
  const t = useTexts(texts);
  const log = useQuery(logQuery);
  if (log.isPending) return <Loading />;
  if (log.error) return <ErrorPanel error={log.error} retry={() => void log.refetch()} />;
  return (
    <section className="panel">
      <div className="pb" style={{ paddingTop: 11 }}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.at}</th>
              <th>{t.actor}</th>
              <th>{t.action}</th>
              <th>{t.subject}</th>
            </tr>
          </thead>
          <tbody>
            {log.data.results.map((row) => (
              <tr key={row.id}>
                <td className="nw t2">{moment(row.at)}</td>
                <td>{row.actor || "–"}</td>
                <td className="mono">{row.action}</td>
                <td className="clip">{row.subject}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** People, projects and the log of the instance. */
export function AdministrationPage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <PageHeader title={t.title} />
      <Tabs
        value={search.get("tab") ?? "people"}
        onChange={(tab) => setSearch(tab ? { tab } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="people">{t.people}</Tabs.Tab>
          <Tabs.Tab value="projects">{t.projects}</Tabs.Tab>
          <Tabs.Tab value="log">{t.log}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" pt="md">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="projects" pt="md">
          <Projects />
        </Tabs.Panel>
        <Tabs.Panel value="log" pt="md">
          <Log />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
