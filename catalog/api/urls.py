"""Routes of catalog, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from catalog.api import views

PROJECT = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/aspects", views.AspectsView.as_view(), name="aspects"),
    path(f"{PROJECT}/aspects/<slug:key>", views.AspectView.as_view(), name="aspect"),
    path(f"{PROJECT}/aspects/<slug:key>/restore", views.AspectRestoreView.as_view(), name="aspect-restore"),
    path(f"{PROJECT}/rule", views.RuleView.as_view(), name="rule"),
    path(f"{PROJECT}/settings/history", views.SettingsHistoryView.as_view(), name="settings-history"),
    path(f"{PROJECT}/guidelines", views.GuidelinesView.as_view(), name="guidelines"),
    path(f"{PROJECT}/imports", views.ImportsView.as_view(), name="imports"),
    path(f"{PROJECT}/imports/<uuid:import_id>", views.ImportView.as_view(), name="import"),
    path(f"{PROJECT}/imports/<uuid:import_id>/refusals", views.ImportRefusalsView.as_view(), name="import-refusals"),
    path(f"{PROJECT}/imports/<uuid:import_id>/report", views.ImportReportView.as_view(), name="import-report"),
    path(f"{PROJECT}/imports/<uuid:import_id>/pictures", views.ImportPicturesView.as_view(), name="import-pictures"),
    path(f"{PROJECT}/samples/by-id/<str:external_id>", views.SampleView.as_view(), name="sample"),
    path(f"{PROJECT}/pictures/<str:sha256>", views.PictureView.as_view(), name="picture"),
]
