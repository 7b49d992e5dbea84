import { createStore, type Store } from "../lib/store";
import { apply, type Change, EMPTY, inverse, type Judgement } from "./judgement";

/** What one person says of one sample, with undo as the stack of its own changes. */
export interface JudgementStore extends Pick<Store<Judgement>, "get" | "subscribe"> {
  edit(change: Change): void;
  /** The change that was taken back, or null when there was none. */
  undo(): Change | null;
  readonly depth: () => number;
}

const MOST_STEPS = 500;

export function createJudgementStore(initial: Judgement = EMPTY): JudgementStore {
  const store = createStore(initial);
  let done: readonly Change[] = [];
  return {
    get: store.get,
    subscribe: store.subscribe,
    edit(change) {
      const next = apply(store.get(), change); // throws before anything has changed
      done = [...done, change].slice(-MOST_STEPS);
      store.set(next);
    },
    undo() {
      const last = done.at(-1);
      if (!last) return null;
      done = done.slice(0, -1);
      store.set(apply(store.get(), inverse(last)));
      return last;
    },
    depth: () => done.length,
  };
}
