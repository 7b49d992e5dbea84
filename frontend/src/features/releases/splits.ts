/** In the order in which every page shows them. */
export const SPLITS = ["train", "validation", "test"] as const;
