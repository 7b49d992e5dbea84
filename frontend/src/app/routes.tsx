import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { NotFound } from "./NotFound";
import { ProjectGate } from "./ProjectGate";
import { RouteFailure } from "./RouteFailure";
import { SignedIn } from "./SignedIn";
import { Shell } from "./shell/Shell";

/** What a route may say about its page. */
export interface Handle {
  /** The navbar is 48 px narrow (dense pages). */
  readonly rail?: boolean;
}

const page = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });
export const rail: Handle = { rail: true };

/** Pages of a project inside the shell. Each is loaded on its first visit; a feature adds its lines here. */
export const projectPages: RouteObject[] = [
  { index: true, lazy: page(async () => (await import("../features/overview/OverviewPage")).OverviewPage) },
  { path: "samples", lazy: page(async () => (await import("../features/samples/SamplesPage")).SamplesPage) },
  {
    path: "samples/:sample",
    lazy: page(async () => (await import("../features/samples/SamplePage")).SamplePage),
  },
  { path: "imports", lazy: page(async () => (await import("../features/imports/ImportsPage")).ImportsPage) },
  {
    path: "imports/:import",
    lazy: page(async () => (await import("../features/imports/ImportPage")).ImportPage),
  },
  { path: "audits", lazy: page(async () => (await import("../features/audits/AuditsPage")).AuditsPage) },
  {
    path: "audits/:lot",
    handle: rail,
    lazy: page(async () => (await import("../features/audits/LotPage")).LotPage),
  },
  {
    path: "economics",
    lazy: page(async () => (await import("../features/economics/EconomicsPage")).EconomicsPage),
  },
  { path: "trials", lazy: page(async () => (await import("../features/trials/TrialsPage")).TrialsPage) },
  {
    path: "trials/:trial",
    lazy: page(async () => (await import("../features/trials/TrialPage")).TrialPage),
  },
  {
    path: "releases",
    lazy: page(async () => (await import("../features/releases/ReleasesPage")).ReleasesPage),
  },
  {
    path: "releases/:release",
    lazy: page(async () => (await import("./ReleaseWithTraining")).ReleaseWithTraining),
  },
  {
    path: "settings",
    lazy: page(async () => (await import("../features/settings/SettingsPage")).SettingsPage),
  },
  {
    path: "settings/aspects",
    lazy: page(async () => (await import("../features/settings/AspectsPage")).AspectsPage),
  },
  {
    path: "settings/guideline",
    lazy: page(async () => (await import("../features/settings/GuidelinePage")).GuidelinePage),
  },
  {
    path: "settings/members",
    lazy: page(async () => (await import("../features/members/MembersPage")).MembersPage),
  },
  { path: "batches", lazy: page(async () => (await import("../features/batches/BatchesPage")).BatchesPage) },
  {
    path: "batches/new",
    lazy: page(async () => (await import("../features/batches/NewBatchPage")).NewBatchPage),
  },
  {
    path: "batches/:batch",
    lazy: page(async () => (await import("../features/batches/BatchPage")).BatchPage),
  },
  { path: "gold", lazy: page(async () => (await import("../features/gold/GoldPage")).GoldPage) },
  {
    path: "agreement",
    lazy: page(async () => (await import("../features/agreement/AgreementPage")).AgreementPage),
  },
  {
    path: "agreement/people",
    lazy: page(async () => (await import("../features/agreement/PeoplePage")).PeoplePage),
  },
  { path: "mirror", lazy: page(async () => (await import("../features/agreement/MirrorPage")).MirrorPage) },
  { path: "rationales", lazy: page(async () => (await import("../features/rationales/RunsPage")).RunsPage) },
  {
    path: "rationales/new",
    lazy: page(async () => (await import("../features/rationales/NewRunPage")).NewRunPage),
  },
  {
    path: "rationales/all",
    lazy: page(async () => (await import("../features/rationales/RationalesPage")).RationalesPage),
  },
  {
    path: "rationales/prompts",
    lazy: page(async () => (await import("../features/rationales/PromptsPage")).PromptsPage),
  },
  {
    path: "rationales/text/:rationale",
    lazy: page(async () => (await import("../features/rationales/RationalePage")).RationalePage),
  },
  {
    path: "rationales/:run",
    lazy: page(async () => (await import("../features/rationales/RunPage")).RunPage),
  },
  {
    path: "settings/endpoints",
    lazy: page(async () => (await import("../features/endpoints/EndpointsPage")).EndpointsPage),
  },
  { path: "training", lazy: page(async () => (await import("../features/training/RunsPage")).RunsPage) },
  {
    path: "training/leaderboard",
    lazy: page(async () => (await import("../features/training/LeaderboardPage")).LeaderboardPage),
  },
  { path: "training/:run", lazy: page(async () => (await import("../features/training/RunPage")).RunPage) },
];

/** Pages of a project that take the whole window. */
const workspace = page(async () => (await import("../features/annotate/WorkspacePage")).WorkspacePage);
export const workspaces: RouteObject[] = [
  { path: "annotate/:batch", lazy: workspace },
  { path: "adjudicate/:batch", lazy: workspace },
  { path: "review/:batch", lazy: workspace },
];

export const routes: RouteObject[] = [
  {
    errorElement: <RouteFailure />,
    HydrateFallback: () => null,
    children: [
      {
        path: "/sign-in",
        lazy: page(async () => (await import("../features/session/SignInPage")).SignInPage),
      },
      {
        path: "/invitation/:token",
        lazy: page(async () => (await import("../features/session/InvitationPage")).InvitationPage),
      },
      {
        path: "/reset/:token",
        lazy: page(async () => (await import("../features/session/ResetPage")).ResetPage),
      },
      {
        element: <SignedIn />,
        children: [
          {
            element: <Shell />,
            children: [
              {
                path: "/account",
                lazy: page(async () => (await import("../features/account/AccountPage")).AccountPage),
              },
              {
                path: "/account/keys",
                lazy: page(async () => (await import("./AllKeys")).AllKeys),
              },
              {
                path: "/administration",
                lazy: page(
                  async () =>
                    (await import("../features/administration/AdministrationPage")).AdministrationPage,
                ),
              },
              {
                index: true,
                lazy: page(async () => (await import("../features/projects/ProjectsPage")).ProjectsPage),
              },
            ],
          },
          {
            path: "/p/:project",
            element: <ProjectGate />,
            errorElement: <RouteFailure />,
            children: [
              ...workspaces,
              { element: <Shell />, children: [...projectPages, { path: "*", element: <NotFound /> }] },
            ],
          },
          { path: "*", element: <Shell />, children: [{ path: "*", element: <NotFound /> }] },
        ],
      },
    ],
  },
];
