import { ApiProblem, isProblem } from "../../../api/problem";
import type { Cells } from "../../../canvas/judgement";
import type { ActiveClock } from "../../../lib/activeTime";
import type { Outbox } from "../../../lib/outbox";
import { createStore, type Store } from "../../../lib/store";
import type { DeskApi } from "../api/desk";
import type { ClaimedAssignment, ClaimReply, SkipReason, SubmittedReply } from "../api/shapes";
import { type Draft, draftKey, forget, newest } from "./drafts";

/** One piece on the desk, with the newest of what was entered for it before. */
export interface Turn {
  readonly claimed: ClaimedAssignment;
  readonly draft: Draft | null;
}
export interface Desk {
  readonly phase: "opening" | "working" | "empty" | "refused";
  readonly problem: ApiProblem | null;
  readonly current: Turn | null;
  readonly queue: readonly Turn[];
  readonly progress: ClaimReply["batch"] | null;
  /** The lease on the current piece is gone; its draft is kept. */
  readonly lost: boolean;
  /** After a lost lease: somebody else has the piece now. */
  readonly taken: string | null;
  /** Submitted here and not yet counted by the server's progress: in the batch, and of its practice. */
  readonly ahead: number;
  readonly practised: number;
  /** Why nothing more comes though something is left: a cap in all, or one a day. */
  readonly cap: ClaimReply["cap_reached"];
  /** What came back for the last submit that has something to show: practice, or imported verdicts. */
  readonly answer: Answer | null;
}
/** A submitted piece with what the server says about it. */
export interface Answer {
  readonly claimed: ClaimedAssignment;
  readonly cells: Cells;
  readonly feedback: SubmittedReply["feedback"];
  readonly suggestion: SubmittedReply["suggestion"];
}

export interface DeskActions {
  readonly state: Store<Desk>;
  open(): Promise<void>;
  /** Hands the result to the outbox and puts the next piece on the desk at once. */
  finish(path: string, body: Readonly<Record<string, unknown>>): void;
  skip(reason: SkipReason, note: string): Promise<void>;
  reclaim(): Promise<void>;
  /** Ask again after nothing was left. */
  look(): Promise<void>;
  /** What was shown about the last submit has been read. */
  read(): void;
  close(): void;
}

/** One in work and three prefetched. */
const WANTED = 4;
const BEAT_MS = 30_000;
const START: Desk = {
  phase: "opening",
  problem: null,
  current: null,
  queue: [],
  progress: null,
  lost: false,
  taken: null,
  ahead: 0,
  practised: 0,
  cap: "",
  answer: null,
};

interface Options {
  readonly api: DeskApi;
  readonly outbox: Outbox;
  readonly clock: ActiveClock;
  readonly project: string;
  readonly batch: string;
  readonly userId: number;
  /** Called with pieces that will come up, so that their pictures are decoded ahead. */
  readonly prefetch: (claimed: ClaimedAssignment) => void;
}

export function createDesk(options: Options): DeskActions {
  const { api, outbox, clock } = options;
  const state = createStore(START);
  const judged = new Map<number, Pick<Answer, "claimed" | "cells">>(); // until the server has answered
  const sending = new Map<number, boolean>(); // handed to the outbox, whether for practice; the server may still think we hold them
  const onTheirWay = () => {
    const practised = [...sending.values()].filter(Boolean).length;
    return { ahead: sending.size - practised, practised };
  };
  let beatTimer: ReturnType<typeof setInterval> | undefined;
  let claimTimer: ReturnType<typeof setTimeout> | undefined;
  let claiming: Promise<void> | null = null;
  let closed = false;

  const held = () =>
    [state.get().current, ...state.get().queue].flatMap((turn) => (turn ? [turn.claimed.assignment_id] : []));
  const change = (part: Partial<Desk>) => state.set((now) => ({ ...now, ...part }));

  async function turnOf(claimed: ClaimedAssignment): Promise<Turn> {
    options.prefetch(claimed);
    return { claimed, draft: await newest(draftKey(options.userId, claimed.assignment_id), claimed.draft) };
  }

  async function take(reply: ClaimReply, asked: readonly number[]): Promise<void> {
    const known = new Set([...held(), ...sending.keys()]);
    const renewed = new Map(reply.assignments.map((each) => [each.assignment_id, each]));
    // A lease that had run out came back under a new fence; what was entered stays.
    const renew = (turn: Turn): Turn => {
      const again = renewed.get(turn.claimed.assignment_id);
      return again ? { ...turn, claimed: again } : turn;
    };
    const turns = await Promise.all(
      reply.assignments.filter((each) => !known.has(each.assignment_id)).map(turnOf),
    );
    // What was begun comes first: after a reload the sample that was on the desk is there again.
    const fresh = [...turns.filter((turn) => turn.draft), ...turns.filter((turn) => !turn.draft)];
    const ours = new Set([...reply.held.map((each) => each.assignment_id), ...renewed.keys()]);
    const gone = (turn: Turn) =>
      asked.includes(turn.claimed.assignment_id) && !ours.has(turn.claimed.assignment_id);
    state.set((now) => {
      const queue = [...now.queue.filter((turn) => !gone(turn)).map(renew), ...fresh];
      const current = now.current ? renew(now.current) : (queue.shift() ?? null);
      const empty = current === null && (reply.nothing_left || reply.cap_reached !== "");
      return {
        ...now,
        current,
        queue,
        lost:
          now.current !== null &&
          (gone(now.current) || (now.lost && !renewed.has(now.current.claimed.assignment_id))),
        progress: reply.batch,
        ...onTheirWay(),
        phase: current ? "working" : empty ? "empty" : "opening",
        problem: null,
        cap: reply.cap_reached,
      };
    });
    if (!state.get().current && !reply.nothing_left && reply.cap_reached === "")
      later(reply.retry_after_ms ?? 1_000);
  }

  /** Ask again by itself: the last pieces are locked by others at this instant, or the server is away. */
  function later(ms: number): void {
    clearTimeout(claimTimer);
    if (!closed) claimTimer = setTimeout(() => void fill(), ms);
  }

  async function claimOnce(): Promise<void> {
    try {
      const count = Math.min(8, WANTED + sending.size);
      const asked = [...held(), ...sending.keys()];
      await take(await api.claim(count, asked), asked);
      beat();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const transient = error.status === 0 || error.status >= 500;
      if (transient) later(3_000);
      if (!state.get().current) change({ phase: transient ? "opening" : "refused", problem: error });
    }
  }

  function fill(): Promise<void> {
    claiming ??= claimOnce().finally(() => {
      claiming = null;
    });
    return claiming;
  }

  let untold = 0; // active time on the current piece that the server has not heard of
  const takeTime = (): number => {
    const ms = untold + clock.take();
    untold = 0;
    return ms;
  };
  let opened = 0; // the assignment that the server knows to be in work
  async function sendBeat(turn: Turn, activeMs: number): Promise<void> {
    const { assignment_id: id, fence } = turn.claimed;
    try {
      await api.beat(id, fence, activeMs);
    } catch (error) {
      if (state.get().current?.claimed.assignment_id === id) {
        untold += activeMs;
        opened = 0; // said again with the next beat
      }
      if (
        isProblem(error, "lease_lost") ||
        isProblem(error, "not_found") ||
        isProblem(error, "assignment_not_found")
      ) {
        if (state.get().current?.claimed.assignment_id === id && !sending.has(id)) change({ lost: true });
      } else if (!(error instanceof ApiProblem)) throw error;
    }
  }
  /**
   * The first beat of a piece tells the server that it is no longer a peek. Neither it nor one beside a submit that is on
   * its way counts time: whichever comes first would be believed, and the submit has the time of its own piece to tell.
   */
  function beat(force = false): void {
    const turn = state.get().current;
    if (!turn || state.get().lost || (!force && opened === turn.claimed.assignment_id)) return;
    opened = turn.claimed.assignment_id;
    void sendBeat(turn, force && sending.size === 0 ? takeTime() : 0);
  }

  function next(): void {
    state.set((now) => {
      const [current = null, ...queue] = now.queue;
      return {
        ...now,
        current,
        queue,
        lost: false,
        phase: current ? "working" : "opening",
        ...onTheirWay(),
      };
    });
    beat();
    void fill();
  }

  const unlisten = outbox.listen((parcel, outcome) => {
    const id = Number(parcel.about.assignment);
    if (parcel.about.batch !== options.batch || outcome.kind === "later") return;
    sending.delete(id);
    if (outcome.kind === "sent") {
      void forget(draftKey(options.userId, id));
      const reply = outcome.reply as Partial<SubmittedReply> | null; // other kinds of work answer otherwise
      const said = judged.get(id);
      if (said && (reply?.feedback || reply?.suggestion))
        change({
          answer: { ...said, feedback: reply.feedback ?? null, suggestion: reply.suggestion ?? null },
        });
    }
    judged.delete(id);
    if (!closed) void fill();
  });

  return {
    state,
    async open() {
      for (const parcel of outbox.parcels.get()) {
        if (parcel.about.batch === options.batch && !parcel.refused)
          sending.set(Number(parcel.about.assignment), parcel.about.practice === 1);
      }
      await fill();
      beatTimer = setInterval(() => beat(true), BEAT_MS);
    },
    finish(path, body) {
      const turn = state.get().current;
      if (!turn) throw new Error("nothing is on the desk");
      const { assignment_id: id, fence, sample } = turn.claimed;
      sending.set(id, turn.claimed.practice);
      judged.set(id, { claimed: turn.claimed, cells: (body.cells ?? {}) as Cells });
      void outbox.add({
        id: crypto.randomUUID(),
        userId: options.userId,
        path,
        values: { slug: options.project, assignment_id: id },
        body: { ...body, fence, active_ms: takeTime() },
        about: {
          batch: options.batch,
          assignment: id,
          sample: sample.external_id,
          practice: turn.claimed.practice ? 1 : 0,
        },
      });
      next();
    },
    async skip(reason, note) {
      const turn = state.get().current;
      if (!turn) return;
      await api.skip(turn.claimed.assignment_id, turn.claimed.fence, reason, note);
      takeTime();
      await forget(draftKey(options.userId, turn.claimed.assignment_id));
      next();
    },
    async reclaim() {
      const lost = state.get().current;
      if (!lost) return;
      change({ current: null, lost: false, phase: "opening", taken: null });
      opened = 0;
      await (claiming ?? Promise.resolve());
      await fill();
      const id = lost.claimed.assignment_id;
      state.set((now) => {
        const turns = [now.current, ...now.queue].filter((turn) => turn !== null);
        const again = turns.find((turn) => turn.claimed.assignment_id === id);
        if (!again) return { ...now, taken: lost.claimed.sample.external_id };
        return { ...now, current: again, queue: turns.filter((turn) => turn !== again), taken: null };
      });
      beat();
    },
    async look() {
      change({ phase: "opening" });
      await fill();
    },
    read() {
      change({ answer: null });
    },
    close() {
      closed = true;
      clearInterval(beatTimer);
      clearTimeout(claimTimer);
      unlisten();
      const { current, lost, queue } = state.get();
      if (current && !lost) void sendBeat(current, takeTime());
      for (const { claimed } of queue) {
        // A peek that cannot be given back runs out by itself.
        api.giveBack(claimed.assignment_id, claimed.fence).catch((error: unknown) => {
          if (!(error instanceof ApiProblem)) throw error;
        });
      }
      clock.stop();
    },
  };
}
