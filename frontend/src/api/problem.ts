import { defineTexts, textsNow } from "../lib/texts";

const texts = defineTexts(
  {
    away: "The server cannot be reached.",
    status: (status: number) => `The server answered ${status}.`,
  },
  {
    away: "无法连接服务器。",
    status: (status) => `服务器应答 ${status}。`,
  },
);

/** A refusal of the server: RFC 9457 with a stable `code`. Also stands for a server that did not answer. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, title: string, details: Record<string, unknown> = {}) {
    super(title);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code);

/** No answer at all: worth trying again later. */
export const isOffline = (error: unknown): boolean => isProblem(error, "unreachable");

export const unreachable = (): ApiProblem => new ApiProblem(0, "unreachable", textsNow(texts).away);

export async function problemOf(reply: Response): Promise<ApiProblem> {
  const body: unknown = await reply.json().catch(() => null);
  if (body !== null && typeof body === "object" && "code" in body && "title" in body) {
    const details = "details" in body && body.details ? (body.details as Record<string, unknown>) : {};
    return new ApiProblem(reply.status, String(body.code), String(body.title), details);
  }
  return new ApiProblem(reply.status, `http_${reply.status}`, textsNow(texts).status(reply.status));
}
