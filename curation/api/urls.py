"""Routes of curation, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from curation.api import prompt_versions, trials, views

PROJECT = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/overview", views.OverviewView.as_view(), name="overview"),
    path(f"{PROJECT}/samples", views.SamplesView.as_view(), name="samples"),
    path(f"{PROJECT}/samples/facets", views.FacetsView.as_view(), name="facets"),
    path(f"{PROJECT}/samples/match", views.MatchView.as_view(), name="match"),
    path(f"{PROJECT}/samples/by-id/<str:external_id>/life", views.SampleLifeView.as_view(), name="sample-life"),
    path(f"{PROJECT}/slices", views.SlicesView.as_view(), name="slices"),
    path(f"{PROJECT}/slices/<uuid:slice_id>", views.SliceView.as_view(), name="slice"),
    path(f"{PROJECT}/audits", views.LotsView.as_view(), name="lots"),
    path(f"{PROJECT}/audits/<uuid:lot_id>", views.LotView.as_view(), name="lot"),
    path(f"{PROJECT}/audits/<uuid:lot_id>/entries", views.LotEntriesView.as_view(), name="lot-entries"),
    path(f"{PROJECT}/audits/entries/<int:entry_id>/verdict", views.VerdictView.as_view(), name="audit-verdict"),
    path(f"{PROJECT}/releases", views.ReleasesView.as_view(), name="releases"),
    path(f"{PROJECT}/releases/<str:name>", views.ReleaseView.as_view(), name="release"),
    path(f"{PROJECT}/releases/<str:name>/verify", views.ReleaseVerifyView.as_view(), name="release-verify"),
    path(f"{PROJECT}/releases/<str:name>/card", views.ReleaseCardView.as_view(), name="release-card"),
    path(f"{PROJECT}/releases/<str:name>/changes", views.ReleaseChangesView.as_view(), name="release-changes"),
    path(f"{PROJECT}/releases/<str:name>/changes/rows", views.ChangedRowsView.as_view(), name="changed-rows"),
    path(f"{PROJECT}/prompt-versions", prompt_versions.PromptVersionsView.as_view(), name="prompt-versions"),
    path(f"{PROJECT}/trials", trials.TrialsView.as_view(), name="trials"),
    path(f"{PROJECT}/trials/plan", trials.TrialPlanView.as_view(), name="trial-plan"),
    path(f"{PROJECT}/trials/<uuid:trial_id>", trials.TrialView.as_view(), name="trial"),
    path(f"{PROJECT}/trials/<uuid:trial_id>/look", trials.TrialLookView.as_view(), name="trial-look"),
    path(f"{PROJECT}/trials/<uuid:trial_id>/cancel", trials.TrialCancelView.as_view(), name="trial-cancel"),
    path(f"{PROJECT}/economics", views.EconomicsView.as_view(), name="economics"),
    path(f"{PROJECT}/economics/budget", views.PeopleBudgetView.as_view(), name="economics-budget"),
    path(f"{PROJECT}/economics/rates", views.RatesView.as_view(), name="economics-rates"),
]
