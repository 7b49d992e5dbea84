import type { PromptRow } from "../api/prompts";

/** What the form of a new run holds. */
export interface Values {
  prompt: string | null;
  endpoint: string | null;
  purpose: "rationale" | "evaluation";
  aspects: string[];
  samples: string;
  settled: boolean;
  without: boolean;
  most: number | "";
  cap: number | "";
  draws: number;
  pilot: boolean;
  again: boolean;
  batched: boolean;
  /** Tokens that a reply may have, where the proposed limit is taken; null: the prompt's. */
  limit: number | null;
  rungs: Rung[];
  people: boolean;
  cascade: string;
}

/** A further run, for what the runs before it leave. */
export interface Rung {
  key: string;
  prompt: string | null;
  endpoint: string | null;
  draws: number;
  batched: boolean;
}

export const START: Values = {
  prompt: null,
  endpoint: null,
  purpose: "rationale",
  aspects: [],
  samples: "",
  settled: true,
  without: true,
  most: 200,
  cap: 5,
  draws: 1,
  pilot: false,
  again: false,
  batched: false,
  limit: null,
  rungs: [],
  people: false,
  cascade: "",
};

/** Whether a question of this prompt can be drawn several times. */
export const drawsFit = (prompt: PromptRow | undefined): prompt is PromptRow =>
  prompt !== undefined && (prompt.way === "automated" || prompt.stage === "blind_first");

export const PILOT = 20; // questions
export const RUNGS_AT_MOST = 6;

export const wordsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
