import {
  IconAlignLeft,
  IconBox,
  IconChartBar,
  IconCheckbox,
  IconCoin,
  IconCpu,
  IconHome,
  IconLayoutGrid,
  IconPencil,
  IconScale,
  IconSettings,
  IconTarget,
  IconTransferIn,
  IconUser,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { matchRoutes, type RouteObject } from "react-router";
import type { Role } from "../api/session";

type Icon = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>;
export type Word =
  | "overview"
  | "batches"
  | "review"
  | "agreement"
  | "mirror"
  | "gold"
  | "samples"
  | "imports"
  | "rationales"
  | "audits"
  | "economics"
  | "releases"
  | "runs"
  | "leaderboard"
  | "settings";
export interface Place {
  readonly path: string;
  readonly word: Word;
  readonly icon: Icon;
  readonly needs: Role;
}
export interface Group {
  readonly word: "judge" | "explain" | "train" | null;
  readonly places: readonly Place[];
}

/** Everything the navbar may show; a place appears when its page has a route and the person's role reaches it. */
const GROUPS: readonly Group[] = [
  { word: null, places: [{ path: "", word: "overview", icon: IconHome, needs: "annotator" }] },
  {
    word: "judge",
    places: [
      { path: "batches", word: "batches", icon: IconPencil, needs: "annotator" },
      { path: "review", word: "review", icon: IconScale, needs: "reviewer" },
      { path: "mirror", word: "mirror", icon: IconUser, needs: "annotator" },
      { path: "gold", word: "gold", icon: IconTarget, needs: "lead" },
      { path: "agreement", word: "agreement", icon: IconUsers, needs: "reviewer" },
      { path: "samples", word: "samples", icon: IconLayoutGrid, needs: "reviewer" },
      { path: "imports", word: "imports", icon: IconTransferIn, needs: "lead" },
    ],
  },
  {
    word: "explain",
    places: [
      { path: "rationales", word: "rationales", icon: IconAlignLeft, needs: "reviewer" },
      { path: "audits", word: "audits", icon: IconCheckbox, needs: "reviewer" },
      { path: "economics", word: "economics", icon: IconCoin, needs: "lead" },
    ],
  },
  {
    word: "train",
    places: [
      { path: "releases", word: "releases", icon: IconBox, needs: "lead" },
      { path: "training", word: "runs", icon: IconCpu, needs: "lead" },
      { path: "training/leaderboard", word: "leaderboard", icon: IconChartBar, needs: "lead" },
    ],
  },
  { word: null, places: [{ path: "settings", word: "settings", icon: IconSettings, needs: "annotator" }] },
];

/** Whether a page of its own answers this path (a catch-all or a parameter does not count). */
const hasPage = (pages: readonly RouteObject[], path: string): boolean =>
  (matchRoutes(pages as RouteObject[], `/${path}`) ?? []).some(
    ({ route }) => (route.path ?? "") === path && (path !== "" || route.index === true),
  );

export const placesOf = (pages: readonly RouteObject[], may: (needed: Role) => boolean): Group[] =>
  GROUPS.map((group) => ({
    ...group,
    places: group.places.filter((place) => may(place.needs) && hasPage(pages, place.path)),
  })).filter((group) => group.places.length > 0);
