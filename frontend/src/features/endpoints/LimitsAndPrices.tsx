import { Checkbox, NumberInput, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTexts } from "../../lib/texts";
import classes from "./endpoints.module.css";
import type { Values } from "./model/values";
import { texts } from "./texts";

/** How much the endpoint bears at once and by the minute, and what a million tokens cost. */
export function LimitsAndPrices({ form }: { form: UseFormReturnType<Values> }) {
  const t = useTexts(texts);
  return (
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
      {form.values.batchPercent !== "" && (
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
  );
}
