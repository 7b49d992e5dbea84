import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../lib/locale";
import { addressOf, api, post, whenSignedOut } from "./client";
import { ApiProblem, isProblem } from "./problem";

const fetched = vi.fn<typeof fetch>();
const reply = (status: number, body?: unknown) =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
const sentHeaders = () => new Headers(fetched.mock.calls[0]?.[1]?.headers);

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockReset();
  // biome-ignore lint/suspicious/noDocumentCookie: the token comes as a cookie
  document.cookie = "csrftoken=abc%3D";
});
afterEach(() => {
  vi.unstubAllGlobals();
  whenSignedOut(() => undefined);
});

describe("the client", () => {
  it("sends the CSRF token and an idempotency key with a POST, and neither with a GET", async () => {
    fetched.mockImplementation(async () => reply(200, {}));
    await api.post("/api/v1/session", { body: { username: "a", password: "b" } });
    expect(sentHeaders().get("X-CSRFToken")).toBe("abc=");
    expect(sentHeaders().get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    fetched.mockClear();
    await api.get("/api/v1/session", {});
    expect(sentHeaders().get("X-CSRFToken")).toBeNull();
    expect(sentHeaders().get("Idempotency-Key")).toBeNull();
  });

  it("asks for sentences in the language of the pages", async () => {
    fetched.mockImplementation(async () => reply(200, {}));
    setLocale("zh-CN");
    await api.get("/api/v1/session", {});
    await post("/api/v1/session", { body: {} });
    setLocale("en");
    await api.get("/api/v1/session", {});
    const asked = fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("Accept-Language"));
    expect(asked).toEqual(["zh-CN", "zh-CN", "en"]);
  });

  it("gives one kind of error, with the server's code, sentence and details", async () => {
    const body = {
      status: 409,
      code: "lease_lost",
      title: "Your time ran out.",
      details: { assignment_id: 4 },
    };
    fetched.mockImplementation(async () => reply(409, body));
    const error: unknown = await api.get("/api/v1/projects", {}).catch((each: unknown) => each);
    expect(isProblem(error, "lease_lost")).toBe(true);
    expect(error).toMatchObject({
      status: 409,
      message: "Your time ran out.",
      details: { assignment_id: 4 },
    });
  });

  it("calls a server that does not answer unreachable, and one that answers nonsense by its status", async () => {
    fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await expect(api.get("/api/v1/projects", {})).rejects.toMatchObject({ code: "unreachable", status: 0 });
    fetched.mockResolvedValueOnce(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(api.get("/api/v1/projects", {})).rejects.toMatchObject({ code: "http_502" });
  });

  it("tells the pages when nobody is signed in any more", async () => {
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    fetched.mockImplementation(async () => reply(401, { code: "not_signed_in", title: "Sign in first." }));
    await expect(api.get("/api/v1/projects", {})).rejects.toBeInstanceOf(ApiProblem);
    expect(signedOut).toHaveBeenCalledTimes(1);
  });

  it("answers an empty reply with nothing", async () => {
    fetched.mockImplementation(async () => reply(204));
    await expect(api.delete("/api/v1/session", {})).resolves.toBeUndefined();
  });
});

describe("an address", () => {
  it("is filled and escaped; what is not asked for stays out", () => {
    const query = { after: undefined, aspect: "a&b", state: ["open", "closed"] };
    expect(addressOf("/p/{slug}/x", { slug: "a/b" }, query)).toBe(
      "/p/a%2Fb/x?aspect=a%26b&state=open&state=closed",
    );
    expect(() => addressOf("/p/{slug}")).toThrow("needs slug");
  });
});
