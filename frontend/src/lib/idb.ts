/** IndexedDB as promises: the few calls that drafts and the outbox need. */
const VERSION = 1;
export const STORES = ["drafts", "outbox", "recent"] as const;
export type StoreName = (typeof STORES)[number];

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused a request"));
  });

const opened = new Map<string, Promise<IDBDatabase>>();

export function database(name = "loupe"): Promise<IDBDatabase> {
  const known = opened.get(name);
  if (known) return known;
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    for (const store of STORES)
      if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
  };
  const opening = settled(request).catch((error: unknown) => {
    opened.delete(name); // the next call tries again
    throw error;
  });
  opened.set(name, opening);
  return opening;
}

async function within(store: StoreName, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction(store, mode).objectStore(store);
}

export async function put(store: StoreName, key: string, value: unknown): Promise<void> {
  await settled((await within(store, "readwrite")).put(value, key));
}

export async function get<T>(store: StoreName, key: string): Promise<T | undefined> {
  return (await settled((await within(store, "readonly")).get(key))) as T | undefined;
}

export async function all<T>(store: StoreName): Promise<T[]> {
  return (await settled((await within(store, "readonly")).getAll())) as T[];
}

export async function remove(store: StoreName, key: string): Promise<void> {
  await settled((await within(store, "readwrite")).delete(key));
}
