"""Routes of annotation, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from annotation.api import batch_drafts, following, golds, hot, judging, prelabels, quality, views

PROJECT = "projects/<project:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/batches", views.BatchesView.as_view(), name="batches"),
    path(f"{PROJECT}/batches/preview", views.BatchPreviewView.as_view(), name="batch-preview"),
    path(f"{PROJECT}/batch-drafts", batch_drafts.BatchDraftsView.as_view(), name="batch-drafts"),
    path(f"{PROJECT}/batch-drafts/<uuid:draft_id>", batch_drafts.BatchDraftView.as_view(), name="batch-draft"),
    path(f"{PROJECT}/batches/<uuid:batch_id>", views.BatchView.as_view(), name="batch"),
    path(f"{PROJECT}/batches/<uuid:batch_id>/claim", hot.ClaimView.as_view(), name="claim"),
    path(f"{PROJECT}/batches/<uuid:batch_id>/leave", views.LeaveView.as_view(), name="leave"),
    path(
        f"{PROJECT}/batches/<uuid:batch_id>/people/<int:user_id>/resume",
        golds.ResumePersonView.as_view(),
        name="person-resume",
    ),
    path(f"{PROJECT}/golds", golds.GoldsView.as_view(), name="golds"),
    path(f"{PROJECT}/golds/summary", golds.GoldSummaryView.as_view(), name="gold-summary"),
    path(f"{PROJECT}/golds/<uuid:gold_id>/retire", golds.GoldRetireView.as_view(), name="gold-retire"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/draft", hot.DraftView.as_view(), name="draft"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/submit", hot.SubmitView.as_view(), name="submit"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/heartbeat", hot.HeartbeatView.as_view(), name="heartbeat"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/skip", views.SkipView.as_view(), name="skip"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/return", views.ReturnView.as_view(), name="return"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/reclaim", views.ReclaimView.as_view(), name="reclaim"),
    path(f"{PROJECT}/answers/recount", following.RecountView.as_view(), name="recount"),
    path(f"{PROJECT}/guidelines/outdated", following.OutdatedView.as_view(), name="outdated"),
    path(f"{PROJECT}/prelabels", prelabels.PrelabelsView.as_view(), name="prelabels"),
    path(f"{PROJECT}/decisions", views.DecisionsView.as_view(), name="decisions"),
    path(f"{PROJECT}/decisions/<int:annotation_id>/revise", judging.ReviseView.as_view(), name="revise"),
    path(f"{PROJECT}/adjudications", judging.AdjudicationsView.as_view(), name="adjudications"),
    path(f"{PROJECT}/adjudications/<int:assignment_id>", judging.AdjudicationView.as_view(), name="adjudication"),
    path(f"{PROJECT}/reviews", judging.ReviewsView.as_view(), name="reviews"),
    path(f"{PROJECT}/reviews/<int:assignment_id>", judging.ReviewView.as_view(), name="review"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/sent-back", quality.SentBackView.as_view(), name="sent-back"),
    path(f"{PROJECT}/sent-back", quality.SentBackListView.as_view(), name="sent-back-list"),
    path(f"{PROJECT}/agreement", quality.AgreementView.as_view(), name="agreement"),
    path(f"{PROJECT}/agreement/refresh", quality.RefreshView.as_view(), name="agreement-refresh"),
    path(f"{PROJECT}/agreement/pairs", quality.PairsView.as_view(), name="agreement-pairs"),
    path(f"{PROJECT}/agreement/samples", quality.BehindView.as_view(), name="agreement-samples"),
    path(f"{PROJECT}/agreement/people", quality.PeopleAtWorkView.as_view(), name="agreement-people"),
    path(f"{PROJECT}/agreement/signals", quality.SignalSizesView.as_view(), name="signal-sizes"),
    path(
        f"{PROJECT}/agreement/people/<int:user_id>/second-opinions",
        quality.SecondOpinionsView.as_view(),
        name="second-opinions",
    ),
    path(f"{PROJECT}/agreement/consensus", quality.ConsensusPolicyView.as_view(), name="consensus-policy"),
    path(f"{PROJECT}/assignments/<int:assignment_id>/appeal", quality.AppealView.as_view(), name="appeal"),
    path(f"{PROJECT}/appeals", quality.AppealsView.as_view(), name="appeals"),
    path(f"{PROJECT}/appeals/<int:appeal_id>", quality.AppealDecisionView.as_view(), name="appeal-decision"),
    path(f"{PROJECT}/mirror", quality.MirrorView.as_view(), name="mirror"),
]
