import { Button, TextInput } from "@mantine/core";
import { IconLayoutGrid } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { aspectsQuery } from "../../api/aspects";
import { useMay, useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { number } from "../../lib/format";
import { nameIn, useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { AnswerMatrix } from "./answers";
import {
  type Filters,
  facetsQuery,
  type Sample,
  samplesQuery,
  slicesQuery,
  useMatch,
  useSaveSlice,
} from "./api/samples";
import classes from "./samples.module.css";
import { texts } from "./texts";

const FACETS = ["judged", "disputed", "rationale", "training", "state"] as const;

interface FacetProps {
  readonly name: string;
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly chosen: string | undefined;
  readonly choose: (value: string | null) => void;
}

function Facet({ name, title, counts, chosen, choose }: FacetProps) {
  const t = useTexts(texts);
  const values = Object.entries(counts);
  if (values.length === 0) return null;
  return (
    <div className="col gap2">
      <h3>{title}</h3>
      {values.map(([value, count]) => (
        <button
          key={value}
          type="button"
          className={classes.choice}
          aria-pressed={chosen === value}
          onClick={() => choose(chosen === value ? null : value)}
        >
          <span className="sp clip">
            {t.value[`${name}.${value}`] ?? t.value[value] ?? t.trainedStates[value] ?? value}
          </span>
          <span className="t3">{number(count)}</span>
        </button>
      ))}
    </div>
  );
}

function SaveSlice({ filters }: { filters: Filters }) {
  const t = useTexts(texts);
  const project = useProject();
  const save = useSaveSlice(project.slug);
  const [name, setName] = useState("");
  return (
    <form
      className="col gap2"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ name, query: { ...filters } }, { onSuccess: () => setName("") });
      }}
    >
      <TextInput
        size="xs"
        aria-label={t.sliceName}
        placeholder={t.sliceName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" disabled={name.trim() === ""} loading={save.isPending}>
        {t.save}
      </Button>
      {save.error && <ErrorPanel error={save.error} />}
    </form>
  );
}

/** Which samples match, why, how many; make them a slice or a batch. */
export function SamplesPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const locale = useLocale();
  const [search, setSearch] = useSearchParams();
  const filters: Filters = Object.fromEntries(search);
  const filtered = Object.keys(filters).length > 0;
  const aspects = useQuery(aspectsQuery(project.slug));
  const facets = useQuery(facetsQuery(project.slug, filters));
  const samples = useInfiniteQuery(samplesQuery(project.slug, filters));
  const slices = useQuery(slicesQuery(project.slug));
  const match = useMatch(project.slug);
  const navigate = useNavigate();
  const named = (aspects.data?.results ?? []).map(({ key, names }) => ({
    key,
    name: nameIn(names, locale, key),
  }));
  const choose = (name: string, value: string | null) => {
    const { [name]: _gone, ...kept } = filters;
    setSearch(value === null || value === "" ? kept : { ...kept, [name]: value }, { replace: true });
  };
  const rows = samples.data?.pages.flatMap((page) => page.results) ?? [];
  const columns: Column<Sample>[] = [
    {
      key: "id",
      head: t.id,
      cell: (row) => <span className="mono clip">{row.external_id}</span>,
      width: "150px",
    },
    {
      key: "pictures",
      head: "",
      cell: (row) => (
        <span className={classes.thumbs}>
          {row.pictures.slice(0, 5).map((picture) => (
            <img
              key={picture.slot}
              loading="lazy"
              alt={picture.slot}
              src={`/api/v1/projects/${project.slug}/pictures/${picture.sha256}?fit=320`}
            />
          ))}
        </span>
      ),
      width: "334px",
    },
    {
      key: "answers",
      head: t.answers,
      cell: (row) => <AnswerMatrix sample={row} aspects={named} />,
      width: "90px",
    },
    {
      key: "words",
      head: "",
      cell: (row) => (
        <span className="row wrap gap2">
          {row.disputed.length > 0 && <span className="badge warn">{t.facet.disputed}</span>}
          {row.ways.map((way) => (
            <span key={way} className="badge">
              {t.way[way] ?? way}
            </span>
          ))}
          {row.training.map((state) => (
            <span key={state} className="badge info">
              {t.trainedStates[state] ?? state}
            </span>
          ))}
          {row.sandbox && <SandboxTag />}
        </span>
      ),
      width: "minmax(180px, 1fr)",
    },
    {
      key: "opinions",
      head: t.facet.judged,
      align: "right",
      cell: (row) => number(row.opinion_count),
      width: "70px",
    },
  ];
  const makeBatch = () =>
    match.mutate(
      { ...filters },
      {
        onSuccess: (found) =>
          void navigate(`/p/${project.slug}/batches/new`, { state: { samples: found.samples.join("\n") } }),
      },
    );
  return (
    <>
      <PageHeader title={t.title} note={facets.data && t.count(facets.data.count)}>
        {Object.keys(filters).length > 0 && <Button onClick={() => setSearch({})}>{t.clear}</Button>}
        {lead && (
          <Button variant="filled" loading={match.isPending} onClick={makeBatch} disabled={rows.length === 0}>
            {t.batch}
          </Button>
        )}
      </PageHeader>
      <div className={classes.page}>
        <aside className={`panel ${classes.filters}`}>
          <TextInput
            size="xs"
            aria-label={t.find}
            placeholder={t.find}
            value={filters.text ?? ""}
            onChange={(event) => choose("text", event.currentTarget.value)}
          />
          {FACETS.map((name) => (
            <Facet
              key={name}
              name={name}
              title={t.facet[name] ?? name}
              counts={facets.data?.facets[name] ?? {}}
              chosen={filters[name]}
              choose={(value) => choose(name, value)}
            />
          ))}
          {aspects.data?.results.map((aspect) => (
            <Facet
              key={aspect.key}
              name={`answer.${aspect.key}`}
              title={nameIn(aspect.names, locale, aspect.key)}
              counts={facets.data?.facets[`answer.${aspect.key}`] ?? {}}
              chosen={filters[`answer.${aspect.key}`]}
              choose={(value) => choose(`answer.${aspect.key}`, value)}
            />
          ))}
          {(slices.data?.results.length ?? 0) > 0 && (
            <div className="col gap2">
              <h3>{t.slices}</h3>
              {slices.data?.results.map((slice) => (
                <button
                  key={slice.id}
                  type="button"
                  className={classes.choice}
                  onClick={() => setSearch(slice.query)}
                >
                  {slice.name}
                </button>
              ))}
            </div>
          )}
          {lead && Object.keys(filters).length > 0 && <SaveSlice filters={filters} />}
        </aside>
        <section className="panel grow">
          {samples.isPending ? (
            <Loading />
          ) : samples.error ? (
            <div className="pb">
              <ErrorPanel error={samples.error} retry={() => void samples.refetch()} />
            </div>
          ) : rows.length === 0 ? (
            <EmptyState
              icon={<IconLayoutGrid size={22} />}
              title={filtered ? t.none : t.empty}
              action={
                !filtered &&
                lead && (
                  <Button component={Link} to={`/p/${project.slug}/imports`} variant="filled">
                    {t.toImports}
                  </Button>
                )
              }
            >
              {filtered ? t.noneWhy : t.emptyWhy}
            </EmptyState>
          ) : (
            <DataTable
              rows={rows}
              columns={columns}
              rowKey={(row) => row.id}
              label={t.title}
              rowHeight={70}
              to={(row) => `/p/${project.slug}/samples/${encodeURIComponent(row.external_id)}`}
              onEnd={() => {
                if (samples.hasNextPage && !samples.isFetchingNextPage) void samples.fetchNextPage();
              }}
            />
          )}
        </section>
      </div>
    </>
  );
}
