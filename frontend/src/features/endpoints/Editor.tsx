import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect } from "react";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { SandboxTag } from "../../components/SandboxTag";
import { useCommands } from "../../lib/commands";
import { day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type EndpointRow, useAddEndpoint, useChangeEndpoint, usePriceEndpoint } from "./api/endpoints";
import classes from "./endpoints.module.css";
import { LimitsAndPrices } from "./LimitsAndPrices";
import { LIMITS, usd, type Values, valuesOf } from "./model/values";
import { Test } from "./Test";
import { texts } from "./texts";

const BELOW = ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[];

/** One endpoint, new or known; a changed price holds from now on. */
export function Editor({
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
        <LimitsAndPrices form={form} />
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
