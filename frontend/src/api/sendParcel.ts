import type { Outcome, Parcel } from "../lib/outbox";
import { post } from "./client";
import { ApiProblem } from "./problem";

/** A server that is away, fell over, or wants us slower is asked again; anything else it says is its answer. */
const isTransient = (problem: ApiProblem): boolean =>
  problem.status === 0 ||
  problem.status === 401 ||
  problem.status === 429 ||
  problem.status >= 500 ||
  problem.code === "csrf_failed";

export async function sendParcel(parcel: Parcel): Promise<Outcome> {
  try {
    const reply = await post(parcel.path, {
      path: parcel.values,
      body: parcel.body,
      idempotencyKey: parcel.id,
    });
    return { kind: "sent", reply };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return isTransient(error)
      ? { kind: "later" }
      : { kind: "refused", code: error.code, title: error.message };
  }
}
