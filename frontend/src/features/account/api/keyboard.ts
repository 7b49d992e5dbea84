import { queryOptions } from "@tanstack/react-query";

interface Keyboard {
  getLayoutMap(): Promise<ReadonlyMap<string, string>>;
}

/** What is printed on this keyboard's keys by code, where the browser tells (Chromium does). */
export const layoutQuery = queryOptions({
  queryKey: ["keyboard-layout"],
  queryFn: async (): Promise<Readonly<Record<string, string>>> => {
    const keyboard = (navigator as unknown as { keyboard?: Keyboard }).keyboard;
    return keyboard ? Object.fromEntries(await keyboard.getLayoutMap()) : {};
  },
  staleTime: Number.POSITIVE_INFINITY,
});
