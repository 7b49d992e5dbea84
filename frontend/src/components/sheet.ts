import { createStore } from "../lib/store";

/** Whether the key sheet lies over the page; every page shares one. */
export const keySheet = createStore(false);
export const openKeySheet = (): void => keySheet.set(true);
