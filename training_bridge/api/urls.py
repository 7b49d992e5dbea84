"""Routes of training_bridge, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from training_bridge.api import views

RUN = "projects/<project:slug>/training/runs/<uuid:run_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<project:slug>/training/options", views.TrainingOptionsView.as_view(), name="training-options"),
    path("projects/<project:slug>/training/runs", views.TrainingRunsView.as_view(), name="training-runs"),
    path(RUN, views.TrainingRunView.as_view(), name="training-run"),
    path(f"{RUN}/cancel", views.TrainingRunCancelView.as_view(), name="training-run-cancel"),
    path(f"{RUN}/resume", views.TrainingRunResumeView.as_view(), name="training-run-resume"),
    path(f"{RUN}/events", views.TrainingRunEventsView.as_view(), name="training-run-events"),
    path(f"{RUN}/log", views.TrainingRunLogView.as_view(), name="training-run-log"),
    path(f"{RUN}/questions", views.DoubtsView.as_view(), name="training-run-questions"),
    path(f"{RUN}/batches", views.ReturnBatchesView.as_view(), name="training-run-batches"),
    path("projects/<project:slug>/training/leaderboard", views.LeaderboardView.as_view(), name="leaderboard"),
    path("projects/<project:slug>/training/exports", views.ExportsView.as_view(), name="release-exports"),
    path(
        "projects/<project:slug>/training/exports/<uuid:export_id>/file",
        views.ExportFileView.as_view(),
        name="release-export-file",
    ),
]
