import { Button, Checkbox, NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle, IconCheck, IconClock, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
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
import { ago, day, moment, money, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import {
  type EndpointRow,
  endpointsQuery,
  useAddEndpoint,
  useChangeEndpoint,
  usePriceEndpoint,
  useTestEndpoint,
} from "./api/endpoints";
import classes from "./endpoints.module.css";
import { type Standing, standingOf } from "./model/standing";
import { texts } from "./texts";

const NEW = "new";
const BELOW = ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[];
const usd = (value: string): string => money(value, Number(value) > 0 && Number(value) < 0.1 ? 4 : 2);

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

function List({
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

interface Values {
  name: string;
  base_url: string;
  key: string;
  model: string;
  reply_format: EndpointRow["reply_format"];
  requests_at_once: number;
  requests_per_minute: number;
  tokens_per_minute: number;
  tokens_per_picture: number;
  deadline_s: number;
  sandbox: boolean;
  priceIn: number | "";
  priceOut: number | "";
  /** Input that the endpoint has in its cache; empty: as other input. */
  priceCached: number | "";
  /** What a token in a batch costs, in percent of these; empty: it takes no batches. */
  batchPercent: number | "";
  batch_requests: number;
  batch_megabytes: number;
}

/** Numbers that an endpoint cannot be without. */
const LIMITS = [
  "requests_at_once",
  "requests_per_minute",
  "tokens_per_minute",
  "tokens_per_picture",
  "deadline_s",
  "batch_requests",
  "batch_megabytes",
] as const;

const numberOr = (value: string | null | undefined): number | "" => (value == null ? "" : Number(value));

const valuesOf = (row: EndpointRow | null): Values => ({
  name: row?.name ?? "",
  base_url: row?.base_url ?? "",
  key: "",
  model: row?.model ?? "",
  reply_format: row?.reply_format ?? "json_schema",
  requests_at_once: row?.requests_at_once ?? 16,
  requests_per_minute: row?.requests_per_minute ?? 600,
  tokens_per_minute: row?.tokens_per_minute ?? 2_000_000,
  tokens_per_picture: row?.tokens_per_picture ?? 400,
  deadline_s: row?.deadline_s ?? 120,
  sandbox: row?.sandbox ?? false,
  priceIn: row?.price ? Number(row.price.input_per_million) : "",
  priceOut: row?.price ? Number(row.price.output_per_million) : "",
  priceCached: numberOr(row?.price?.cached_per_million),
  batch_requests: row?.batch_requests ?? 50_000,
  batch_megabytes: row?.batch_megabytes ?? 180,
  batchPercent: row?.price?.batch_share ? Math.round(Number(row.price.batch_share) * 10_000) / 100 : "",
});

function Test({ row }: { row: EndpointRow }) {
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

function Editor({
  row,
  hosts,
  done,
}: {
  row: EndpointRow | null;
  hosts: string[];
  done: (id: string) => void;
}) {
  const t = useTexts(texts);
  const project = useProject();
  const add = useAddEndpoint(project.slug);
  const change = useChangeEndpoint(project.slug);
  const price = usePriceEndpoint(project.slug);
  const form = useForm<Values>({ initialValues: valuesOf(row) });
  const { setInitialValues, reset } = form;
  const stored = JSON.stringify(valuesOf(row));
  useEffect(() => {
    setInitialValues(JSON.parse(stored) as Values);
    reset();
  }, [stored, setInitialValues, reset]);
  const { values } = form;
  const priced = values.priceIn !== "" && values.priceOut !== "";
  const priceChanged =
    priced &&
    (!row?.price ||
      Number(row.price.input_per_million) !== values.priceIn ||
      Number(row.price.output_per_million) !== values.priceOut ||
      form.isDirty("priceCached") ||
      form.isDirty("batchPercent"));
  const setPrice = (id: string) =>
    price.mutateAsync({
      id,
      body: {
        input_per_million: String(values.priceIn),
        output_per_million: String(values.priceOut),
        cached_per_million: values.priceCached === "" ? null : String(values.priceCached),
        batch_share: values.batchPercent === "" ? null : String(values.batchPercent / 100),
      },
    });
  const busy = add.isPending || change.isPending || price.isPending;
  const save = async () => {
    const {
      priceIn: _in,
      priceOut: _out,
      priceCached: _cached,
      batchPercent: _batch,
      key,
      ...fields
    } = values;
    const saved = row
      ? await change.mutateAsync({ id: row.id, body: { ...fields, ...(key ? { key } : {}) } })
      : await add.mutateAsync({ ...fields, key });
    if (priceChanged) await setPrice(saved.id);
    done(saved.id);
  };
  const trySave = () => void save().catch(() => undefined); // the refusal stands in the panel below
  const whole = LIMITS.every((each) => typeof values[each] === "number");
  const able = form.isDirty() && !busy && whole && values.name.trim() !== "" && values.base_url.trim() !== "";
  useCommands({
    name: "endpoint",
    title: t.title,
    commands: [
      {
        name: "save",
        label: t.save,
        keys: ["Ctrl+KeyS"],
        perform: trySave,
        enabled: able,
        whileTyping: true,
      },
    ],
  });
  const failed = add.error ?? change.error ?? price.error;
  const moved = row !== null && values.base_url !== row.base_url;
  const keyNote = moved ? t.keyMissing : row?.has_key ? t.keyKept(row.key_hint) : t.keyHint;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{row?.name ?? t.newTitle}</h2>
        {row?.sandbox && <SandboxTag />}
      </div>
      <form
        className="pb col gap5"
        onSubmit={(event) => {
          event.preventDefault();
          trySave();
        }}
      >
        <TextInput label={t.name} {...form.getInputProps("name")} />
        <TextInput
          label={t.baseUrl}
          placeholder="https://host/v1"
          inputWrapperOrder={BELOW}
          description={hosts.length ? t.hosts(hosts.join(", ")) : t.noHosts}
          {...form.getInputProps("base_url")}
        />
        <div className={classes.two}>
          <PasswordInput
            label={t.key}
            autoComplete="new-password"
            inputWrapperOrder={BELOW}
            description={moved ? t.baseUrlHint : keyNote}
            {...form.getInputProps("key")}
          />
          <TextInput label={t.model} {...form.getInputProps("model")} />
        </div>
        <div className={classes.three}>
          <NumberInput label={t.atOnce} min={1} max={1000} {...form.getInputProps("requests_at_once")} />
          <NumberInput
            label={t.perMinute}
            min={1}
            thousandSeparator
            {...form.getInputProps("requests_per_minute")}
          />
          <NumberInput
            label={t.tokensPerMinute}
            min={1000}
            thousandSeparator
            {...form.getInputProps("tokens_per_minute")}
          />
          <NumberInput label={t.perPicture} min={1} {...form.getInputProps("tokens_per_picture")} />
          <NumberInput label={t.deadline} min={1} max={600} {...form.getInputProps("deadline_s")} />
          <Select
            label={t.replyFormat}
            allowDeselect={false}
            data={Object.entries(t.formats).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps("reply_format")}
          />
          <NumberInput label={t.priceIn} min={0} decimalScale={6} {...form.getInputProps("priceIn")} />
          <NumberInput label={t.priceOut} min={0} decimalScale={6} {...form.getInputProps("priceOut")} />
          <NumberInput
            label={t.priceCached}
            placeholder={t.asInput}
            min={0}
            decimalScale={6}
            {...form.getInputProps("priceCached")}
          />
          <NumberInput
            label={t.batchPercent}
            placeholder={t.noBatches}
            min={1}
            max={100}
            decimalScale={2}
            {...form.getInputProps("batchPercent")}
          />
          {values.batchPercent !== "" && (
            <>
              <NumberInput
                label={t.batchRequests}
                min={1}
                max={1_000_000}
                thousandSeparator
                {...form.getInputProps("batch_requests")}
              />
              <NumberInput
                label={t.batchMegabytes}
                min={1}
                max={2_000}
                {...form.getInputProps("batch_megabytes")}
              />
            </>
          )}
          <div className="col" style={{ justifyContent: "end" }}>
            <Checkbox label={t.sandbox} {...form.getInputProps("sandbox", { type: "checkbox" })} />
          </div>
        </div>
        {row && row.prices.length > 1 && (
          <p className="s t3">
            {t.before}:{" "}
            {row.prices
              .slice(1, 4)
              .map((each) =>
                t.priceLine(usd(each.input_per_million), usd(each.output_per_million), day(each.valid_from)),
              )
              .join(" · ")}
            . {t.oldCalls}
          </p>
        )}
        {row && <Test row={row} />}
        {failed && <ErrorPanel error={failed} />}
        <div className="row">
          <Button
            type="submit"
            variant="filled"
            disabled={!able}
            loading={busy}
            rightSection={<Keycap chord="Ctrl+KeyS" />}
          >
            {t.save}
          </Button>
          {form.isDirty() && (
            <Button variant="subtle" onClick={() => form.reset()}>
              {t.undo}
            </Button>
          )}
          <span className="sp" />
          {row && (
            <Button
              variant="subtle"
              onClick={() =>
                change.mutate({ id: row.id, body: { state: row.state === "active" ? "retired" : "active" } })
              }
            >
              {row.state === "active" ? t.retire : t.restore}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

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
