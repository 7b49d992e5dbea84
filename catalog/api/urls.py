"""Routes of catalog, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from catalog.api import imports, samples, settings

PROJECT = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/aspects", settings.AspectsView.as_view(), name="aspects"),
    path(f"{PROJECT}/aspects/<slug:key>", settings.AspectView.as_view(), name="aspect"),
    path(f"{PROJECT}/aspects/<slug:key>/restore", settings.AspectRestoreView.as_view(), name="aspect-restore"),
    path(f"{PROJECT}/rule", settings.RuleView.as_view(), name="rule"),
    path(f"{PROJECT}/settings/history", settings.SettingsHistoryView.as_view(), name="settings-history"),
    path(f"{PROJECT}/guidelines", settings.GuidelinesView.as_view(), name="guidelines"),
    path(f"{PROJECT}/imports", imports.ImportsView.as_view(), name="imports"),
    path(f"{PROJECT}/imports/<uuid:import_id>", imports.ImportView.as_view(), name="import"),
    path(f"{PROJECT}/imports/<uuid:import_id>/refusals", imports.ImportRefusalsView.as_view(), name="import-refusals"),
    path(f"{PROJECT}/imports/<uuid:import_id>/report", imports.ImportReportView.as_view(), name="import-report"),
    path(f"{PROJECT}/imports/<uuid:import_id>/pictures", imports.ImportPicturesView.as_view(), name="import-pictures"),
    path(f"{PROJECT}/samples/by-id/<str:external_id>", samples.SampleView.as_view(), name="sample"),
    path(f"{PROJECT}/pictures/<str:sha256>", samples.PictureView.as_view(), name="picture"),
]
