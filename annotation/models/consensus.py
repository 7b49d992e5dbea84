"""What follows for each question, and by which rule."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation.choices import ConsensusMethod, ConsensusSource
from annotation.querysets import ConsensusQuerySet
from config.base.models import WorkRow


class Consensus(models.Model):
    """Where one question stands. `answer` is the slots with the defect; null while the question has no answer."""

    pk = models.CompositePrimaryKey("sample_id", "aspect_id")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+", db_index=False)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=8, null=True, blank=True)
    tied = models.CharField(max_length=8, blank=True, default="")
    unsure = models.CharField(max_length=8, blank=True, default="")
    disputed = models.BooleanField(default=False)
    source = models.CharField(max_length=11, choices=ConsensusSource)
    confidence = models.FloatField(null=True, blank=True)
    agreement = models.FloatField(null=True, blank=True)
    opinions = models.PositiveSmallIntegerField(default=0)
    rule_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(db_default=Now())

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consensus_disputed_has_no_answer", condition=Q(disputed=False) | Q(answer__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["project", "sample"], name="consensus_disputed", condition=Q(disputed=True)),
        ]


class OverallAnswer(models.Model):
    """What a manifest says of a sample as a whole: the slots with any defect; until people judged it."""

    sample = models.OneToOneField("catalog.Sample", on_delete=models.PROTECT, primary_key=True, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField(db_default=Now())


class Recount(WorkRow):
    """Voting again over one range of samples, since the rule or the aspects have changed.

    The `closing` one comes a minute later and takes only what a submit on its way wrote under the old rule.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    rule_version = models.PositiveIntegerField()
    first_sample_id = models.BigIntegerField()
    last_sample_id = models.BigIntegerField()
    sample_count = models.PositiveIntegerField()
    changed_count = models.PositiveIntegerField(default=0)
    closing = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkRow.Meta):
        pass


class ConsensusPolicy(models.Model):
    """Which estimate answers a project's questions. Appended; the newest holds, and none means the plain vote.

    `settles_at`: a disputed question is answered by the model when it is at least this sure of every cell.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    method = models.CharField(max_length=11, choices=ConsensusMethod)
    settles_at = models.FloatField(default=0.95)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="consensus_policy_once_per_version"),
            models.CheckConstraint(
                name="consensus_policy_is_sure_enough", condition=Q(settles_at__gte=0.5) & Q(settles_at__lte=1)
            ),
        ]
