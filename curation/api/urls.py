"""Routes of curation, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from curation.api import audits, economics, explorer, overview, prompt_versions, releases, sample_life, trials

PROJECT = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/overview", overview.OverviewView.as_view(), name="overview"),
    path(f"{PROJECT}/samples", explorer.SamplesView.as_view(), name="samples"),
    path(f"{PROJECT}/samples/facets", explorer.FacetsView.as_view(), name="facets"),
    path(f"{PROJECT}/samples/match", explorer.MatchView.as_view(), name="match"),
    path(f"{PROJECT}/samples/by-id/<str:external_id>/life", sample_life.SampleLifeView.as_view(), name="sample-life"),
    path(f"{PROJECT}/slices", explorer.SlicesView.as_view(), name="slices"),
    path(f"{PROJECT}/slices/<uuid:slice_id>", explorer.SliceView.as_view(), name="slice"),
    path(f"{PROJECT}/audits", audits.LotsView.as_view(), name="lots"),
    path(f"{PROJECT}/audits/<uuid:lot_id>", audits.LotView.as_view(), name="lot"),
    path(f"{PROJECT}/audits/<uuid:lot_id>/entries", audits.LotEntriesView.as_view(), name="lot-entries"),
    path(f"{PROJECT}/audits/entries/<int:entry_id>/verdict", audits.VerdictView.as_view(), name="audit-verdict"),
    path(f"{PROJECT}/releases", releases.ReleasesView.as_view(), name="releases"),
    path(f"{PROJECT}/releases/<str:name>", releases.ReleaseView.as_view(), name="release"),
    path(f"{PROJECT}/releases/<str:name>/verify", releases.ReleaseVerifyView.as_view(), name="release-verify"),
    path(f"{PROJECT}/releases/<str:name>/card", releases.ReleaseCardView.as_view(), name="release-card"),
    path(f"{PROJECT}/releases/<str:name>/changes", releases.ReleaseChangesView.as_view(), name="release-changes"),
    path(f"{PROJECT}/releases/<str:name>/changes/rows", releases.ChangedRowsView.as_view(), name="changed-rows"),
    path(f"{PROJECT}/prompt-versions", prompt_versions.PromptVersionsView.as_view(), name="prompt-versions"),
    path(f"{PROJECT}/trials", trials.TrialsView.as_view(), name="trials"),
    path(f"{PROJECT}/trials/plan", trials.TrialPlanView.as_view(), name="trial-plan"),
    path(f"{PROJECT}/trials/<uuid:trial_id>", trials.TrialView.as_view(), name="trial"),
    path(f"{PROJECT}/trials/<uuid:trial_id>/look", trials.TrialLookView.as_view(), name="trial-look"),
    path(f"{PROJECT}/trials/<uuid:trial_id>/cancel", trials.TrialCancelView.as_view(), name="trial-cancel"),
    path(f"{PROJECT}/economics", economics.EconomicsView.as_view(), name="economics"),
    path(f"{PROJECT}/economics/budget", economics.PeopleBudgetView.as_view(), name="economics-budget"),
    path(f"{PROJECT}/economics/rates", economics.RatesView.as_view(), name="economics-rates"),
]
