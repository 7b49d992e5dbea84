"""Routes of cot_generation, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from cot_generation.api import budgets, cascades, endpoints, prompts, rationales, runs

P = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}/endpoints", endpoints.EndpointsView.as_view(), name="endpoints"),
    path(f"{P}/endpoints/<uuid:endpoint_id>", endpoints.EndpointView.as_view(), name="endpoint"),
    path(f"{P}/endpoints/<uuid:endpoint_id>/test", endpoints.EndpointTestView.as_view(), name="endpoint-test"),
    path(f"{P}/endpoints/<uuid:endpoint_id>/prices", endpoints.EndpointPricesView.as_view(), name="endpoint-prices"),
    path(f"{P}/prompts", prompts.PromptsView.as_view(), name="prompts"),
    path(f"{P}/prompts/offers", prompts.PromptOffersView.as_view(), name="prompt-offers"),
    path(f"{P}/prompts/offers/decline", prompts.PromptOfferDeclineView.as_view(), name="prompt-offer-decline"),
    path(f"{P}/prompts/preview", prompts.PromptPreviewView.as_view(), name="prompt-preview"),
    path(f"{P}/prompts/<uuid:prompt_id>", prompts.PromptView.as_view(), name="prompt"),
    path(f"{P}/rationale-runs", runs.RationaleRunsView.as_view(), name="rationale-runs"),
    path(f"{P}/rationale-runs/estimate", runs.RationaleRunEstimateView.as_view(), name="rationale-run-estimate"),
    path(f"{P}/rationale-runs/<uuid:run_id>", runs.RationaleRunView.as_view(), name="rationale-run"),
    path(
        f"{P}/rationale-runs/<uuid:run_id>/checks", runs.RationaleRunChecksView.as_view(), name="rationale-run-checks"
    ),
    path(f"{P}/rationale-runs/<uuid:run_id>/start", runs.RationaleRunStartView.as_view(), name="rationale-run-start"),
    path(f"{P}/rationale-runs/<uuid:run_id>/pause", runs.RationaleRunPauseView.as_view(), name="rationale-run-pause"),
    path(
        f"{P}/rationale-runs/<uuid:run_id>/stop-waiting",
        runs.RationaleRunStopWaitingView.as_view(),
        name="rationale-run-stop-waiting",
    ),
    path(
        f"{P}/rationale-runs/<uuid:run_id>/cancel", runs.RationaleRunCancelView.as_view(), name="rationale-run-cancel"
    ),
    path(f"{P}/budget", budgets.BudgetView.as_view(), name="budget"),
    path(f"{P}/rationale-cascades", cascades.CascadesView.as_view(), name="rationale-cascades"),
    path(f"{P}/rationale-cascades/<uuid:cascade_id>", cascades.CascadeView.as_view(), name="rationale-cascade"),
    path(
        f"{P}/rationale-cascades/<uuid:cascade_id>/cancel",
        cascades.CascadeCancelView.as_view(),
        name="rationale-cascade-cancel",
    ),
    path(f"{P}/rationales", rationales.RationalesView.as_view(), name="rationales"),
    path(f"{P}/rationales/writing-batches", rationales.WritingBatchView.as_view(), name="writing-batches"),
    path(f"{P}/rationales/revising-batches", rationales.RevisingBatchView.as_view(), name="revising-batches"),
    path(f"{P}/rationales/reading-batches", rationales.ReadingBatchView.as_view(), name="reading-batches"),
    path(f"{P}/rationales/summary", rationales.RationaleSummaryView.as_view(), name="rationale-summary"),
    path(f"{P}/rationales/<int:rationale_id>", rationales.RationaleView.as_view(), name="rationale"),
    path(
        f"{P}/rationales/<int:rationale_id>/revise", rationales.RationaleReviseView.as_view(), name="rationale-revise"
    ),
    path(
        f"{P}/assignments/<int:assignment_id>/rationale",
        rationales.AssignmentRationaleView.as_view(),
        name="assignment-rationale",
    ),
    path(
        f"{P}/assignments/<int:assignment_id>/reading",
        rationales.AssignmentReadingView.as_view(),
        name="assignment-reading",
    ),
    path(
        f"{P}/assignments/<int:assignment_id>/rationale/check",
        rationales.AssignmentRationaleCheckView.as_view(),
        name="assignment-rationale-check",
    ),
]
