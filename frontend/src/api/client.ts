import { locale } from "../lib/locale";
import type { paths } from "./generated/schema";
import { problemOf, unreachable } from "./problem";

export type Method = "get" | "post" | "put" | "patch" | "delete";
export type Operation<P extends keyof paths, M extends Method> = paths[P][M];
/** The addresses that answer a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: [Exclude<paths[P][M], undefined>] extends [never] ? never : P;
}[keyof paths];

type Success<R> = R extends { 200: infer A }
  ? A
  : R extends { 201: infer A }
    ? A
    : R extends { 202: infer A }
      ? A
      : never;
type JsonOf<A> = A extends { content: { "application/json": infer B } } ? B : undefined;
export type Reply<P extends keyof paths, M extends Method> = paths[P][M] extends { responses: infer R }
  ? JsonOf<Success<R>>
  : undefined;
type Parameters<O, Where extends string> = O extends { parameters: { [K in Where]?: infer V } }
  ? Exclude<V, undefined>
  : never;
export type Query<P extends keyof paths, M extends Method> = Parameters<Operation<P, M>, "query">;
type Path<P extends keyof paths, M extends Method> = Parameters<Operation<P, M>, "path">;
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: infer C } }
    ? C extends { "application/json": infer B }
      ? B
      : unknown
    : undefined;

type Need<K extends string, V> = [V] extends [never] ? { [Key in K]?: never } : { [Key in K]: V };
type May<K extends string, V> = [V] extends [never] ? { [Key in K]?: never } : { [Key in K]?: V };
export type Options<P extends keyof paths, M extends Method> = Need<"path", Path<P, M>> &
  May<"query", Query<P, M>> & {
    body?: Body<P, M>;
    signal?: AbortSignal;
    /** The version that was read; the server refuses to overwrite a newer one. */
    ifMatch?: string;
    /** A repeated request with the same key happens once. Every POST gets one of its own otherwise. */
    idempotencyKey?: string;
    keepalive?: boolean;
  };

type Loose = {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
  ifMatch?: string;
  idempotencyKey?: string;
  keepalive?: boolean;
};

let onSignedOut: () => void = () => {};
/** What happens when the server no longer knows who we are. */
export function whenSignedOut(react: () => void): void {
  onSignedOut = react;
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function addressOf(path: string, values: Loose["path"] = {}, query: Loose["query"] = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(String(values[name]));
  });
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) words.append(key, String(each));
  }
  const tail = words.toString();
  return tail ? `${filled}?${tail}` : filled;
}

/** The pages' language, in which the server says what it refuses. */
export const inThisLanguage = (): Record<string, string> => ({ "Accept-Language": locale.get() });

function headersOf(method: Method, options: Loose): Headers {
  const headers = new Headers({ Accept: "application/json", ...inThisLanguage() });
  if (options.body !== undefined && !(options.body instanceof FormData))
    headers.set("Content-Type", "application/json");
  if (method !== "get") headers.set("X-CSRFToken", cookie("csrftoken"));
  if (method === "post") headers.set("Idempotency-Key", options.idempotencyKey ?? crypto.randomUUID());
  if (options.ifMatch) headers.set("If-Match", options.ifMatch);
  return headers;
}

function bodyOf(body: unknown): BodyInit | undefined {
  if (body === undefined) return undefined;
  return body instanceof FormData ? body : JSON.stringify(body);
}

async function send(method: Method, path: string, options: Loose): Promise<Response> {
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: headersOf(method, options),
    credentials: "same-origin",
  };
  const body = bodyOf(options.body);
  if (body !== undefined) init.body = body;
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  let reply: Response;
  try {
    reply = await fetch(addressOf(path, options.path, options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
  if (reply.ok) return reply;
  const problem = await problemOf(reply);
  if (problem.status === 401) onSignedOut();
  throw problem;
}

export interface Answer<T> {
  readonly data: T;
  readonly etag: string | null;
}

/** The data and the version that was read. */
export async function requestWithVersion<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  options: Options<P, M>,
): Promise<Answer<Reply<P, M>>> {
  const reply = await send(method, path as string, options as Loose);
  const text = reply.status === 204 ? "" : await reply.text();
  const data = (text ? JSON.parse(text) : undefined) as Reply<P, M>;
  return { data, etag: reply.headers.get("ETag") };
}

type Call<M extends Method> = <P extends PathOf<M>>(
  path: P,
  ...options: Record<string, never> extends Options<P, M> ? [Options<P, M>?] : [Options<P, M>]
) => Promise<Reply<P, M>>;

const call =
  <M extends Method>(method: M): Call<M> =>
  async (path, ...[options]) =>
    (await requestWithVersion(method, path, (options ?? {}) as Options<typeof path, M>)).data;

export const api = {
  get: call("get"),
  post: call("post"),
  put: call("put"),
  patch: call("patch"),
  delete: call("delete"),
};

/** For requests whose address was stored earlier (the outbox): the caller vouches for the shape. */
export async function post(path: string, options: Loose): Promise<unknown> {
  const reply = await send("post", path, options);
  return reply.status === 204 ? undefined : await reply.json();
}
