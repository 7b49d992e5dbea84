import { isProblem } from "../../../api/problem";
import { get, put, remove } from "../../../lib/idb";
import { reportWaiting } from "../../../lib/saving";

/** Unsent input of one assignment. A higher version is newer, wherever it was written. */
export interface Draft {
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
}
interface Kept extends Draft {
  readonly key: string;
}

const LOCAL_AFTER_MS = 400;
const SERVER_AFTER_MS = 3_000;
export const draftKey = (userId: number, assignmentId: number): string => `${userId}/${assignmentId}`;

export async function newest(key: string, remote: Draft | null): Promise<Draft | null> {
  const local = await get<Kept>("drafts", key);
  if (!local) return remote;
  return remote && remote.version > local.version ? remote : local;
}

export const forget = (key: string): Promise<void> => remove("drafts", key);

export interface DraftKeeper {
  /** Called at every change; keeps it in this browser at once and on the server soon. */
  save(body: Draft["body"]): void;
  /** Write what waits now (the page is left, or the sample is about to be submitted). */
  settle(): Promise<void>;
  /** The draft goes out as a result: nothing more is sent of it. This browser has its last words should that be refused. */
  stop(): void;
}

/** `conflict` is called when another page has stored a newer draft: this one must not overwrite it. */
export function keepDraft(options: {
  key: string;
  version: number;
  store: (version: number, body: Draft["body"]) => Promise<void>;
  conflict: () => void;
}): DraftKeeper {
  let version = options.version;
  let latest: Draft["body"] | null = null;
  let localTimer: ReturnType<typeof setTimeout> | undefined;
  let serverTimer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function keepHere(): Promise<void> {
    localTimer = undefined;
    if (latest) await put("drafts", options.key, { key: options.key, version, body: latest });
  }
  async function sendThere(): Promise<void> {
    serverTimer = undefined;
    if (!latest || stopped) return;
    const [sentVersion, body] = [version, latest];
    try {
      await options.store(sentVersion, body);
      if (version === sentVersion) reportWaiting("draft", 0);
    } catch (error) {
      if (stopped) return;
      if (isProblem(error, "draft_outdated")) {
        stopped = true;
        reportWaiting("draft", 0);
        options.conflict();
      } else serverTimer ??= setTimeout(() => void sendThere(), 2 * SERVER_AFTER_MS);
    }
  }
  return {
    save(body) {
      if (stopped) return;
      latest = body;
      version += 1;
      reportWaiting("draft", 1);
      localTimer ??= setTimeout(() => void keepHere(), LOCAL_AFTER_MS);
      serverTimer ??= setTimeout(() => void sendThere(), SERVER_AFTER_MS);
    },
    async settle() {
      if (stopped || !latest) return;
      clearTimeout(localTimer);
      clearTimeout(serverTimer);
      await keepHere();
      await sendThere();
    },
    stop() {
      stopped = true;
      clearTimeout(serverTimer);
      if (localTimer !== undefined) {
        clearTimeout(localTimer);
        void keepHere();
      }
      reportWaiting("draft", 0);
    },
  };
}
