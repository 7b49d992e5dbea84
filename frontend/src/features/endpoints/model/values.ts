import { money } from "../../../lib/format";
import type { EndpointRow } from "../api/endpoints";

export const usd = (value: string): string => money(value, Number(value) > 0 && Number(value) < 0.1 ? 4 : 2);

/** What the form of an endpoint holds: its columns, and its price of today. */
export interface Values {
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
export const LIMITS = [
  "requests_at_once",
  "requests_per_minute",
  "tokens_per_minute",
  "tokens_per_picture",
  "deadline_s",
  "batch_requests",
  "batch_megabytes",
] as const;

const numberOr = (value: string | null | undefined): number | "" => (value == null ? "" : Number(value));

/** A new endpoint begins with what most servers bear. */
export const valuesOf = (row: EndpointRow | null): Values => ({
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
