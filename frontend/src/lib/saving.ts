import { createStore } from "./store";

/** What has not reached the server yet, by source; the header shows the sum. */
export interface Saving {
  readonly waiting: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly unreachable: boolean;
}

export const saving = createStore<Saving>({ waiting: {}, refused: 0, unreachable: false });

export function reportWaiting(source: string, count: number): void {
  saving.set((now) =>
    now.waiting[source] === count ? now : { ...now, waiting: { ...now.waiting, [source]: count } },
  );
}

export const reportRefused = (refused: number): void =>
  saving.set((now) => (now.refused === refused ? now : { ...now, refused }));

export const reportReachable = (reachable: boolean): void =>
  saving.set((now) => (now.unreachable === !reachable ? now : { ...now, unreachable: !reachable }));

export const waitingIn = (now: Saving): number =>
  Object.values(now.waiting).reduce((sum, each) => sum + each, 0);
