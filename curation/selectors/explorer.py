"""Which samples match, how many, and why: one page by key, and counts of every facet.

Belongs here: reading the projection. Filters are listed one by one; anything else is refused.
Does not: writing it (services.projection).

A facet's counts leave out its own filter, so that the other choices show what they would give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Func, Q, QuerySet

from catalog.selectors import aspects
from curation.errors import FilterUnknown
from curation.models import SampleRow

NONE, ANY, OPEN = "none", "any", "open"
FLAGS: dict[str, Callable[[str], Q]] = {
    "state": lambda value: Q(state=value),
    "disputed": lambda value: ~Q(disputed=[]) if value == "yes" else Q(disputed=[]),
    "judged": lambda value: Q(opinion_count__gt=0) if value == "yes" else Q(opinion_count=0),
    "rationale": lambda value: Q(ways__contains=[value]) if value != NONE else Q(rationale_count=0),
    "training": lambda value: Q(training__contains=[value]),
    "sandbox": lambda value: Q(sandbox=value == "yes"),
    "group": lambda value: Q(group=value),
    "text": lambda value: Q(external_id__icontains=value),
}
FACETS = ("state", "disputed", "judged", "rationale", "training")
FACET_VALUES: dict[str, tuple[str, ...]] = {
    "state": ("ready", "waiting", "failed"),
    "disputed": ("yes", "no"),
    "judged": ("yes", "no"),
    "rationale": (NONE, "manual", "automated", "answer_driven"),
}


@dataclass(frozen=True)
class Filters:
    """What was asked, by filter name; `answer.<aspect>` takes a slot, `none`, `any` or `open`."""

    asked: Mapping[str, str]

    def q(self, *, without: str = "") -> Q:
        """All filters but one. Raises FilterUnknown."""
        found = Q()
        for name, value in self.asked.items():
            if name != without:
                found &= _one(name, value)
        return found


def _one(name: str, value: str) -> Q:
    if name in FLAGS:
        return FLAGS[name](value)
    prefix, _, aspect = name.partition(".")
    if prefix != "answer" or not aspect:
        raise FilterUnknown("The explorer has no filter {filter!r}.", filter=name)
    if value == OPEN:
        return ~Q(answers__has_key=aspect)
    if value == ANY:
        return Q(answers__has_key=aspect) & ~Q(answers__contains={aspect: []}, **{f"answers__{aspect}": []})
    if value == NONE:
        return Q(**{f"answers__{aspect}": []})
    return Q(answers__contains={aspect: [value]})


def rows(project_id: UUID, filters: Filters) -> QuerySet[SampleRow]:
    """Matching samples, unordered."""
    return SampleRow.objects.in_project(project_id).filter(filters.q())


def count(project_id: UUID, filters: Filters) -> int:
    """How many match."""
    return rows(project_id, filters).count()


def facets(project_id: UUID, filters: Filters) -> dict[str, dict[str, int]]:
    """Facet -> value -> how many would match. `answer.<aspect>` is among them for every aspect."""
    found = {}
    for facet in FACETS:
        base = SampleRow.objects.in_project(project_id).filter(filters.q(without=facet))
        if facet == "training":
            states = base.annotate(each=Func(F("training"), function="unnest")).values_list("each", flat=True)
            found[facet] = _tally(states)
        else:
            found[facet] = {value: base.filter(FLAGS[facet](value)).count() for value in FACET_VALUES[facet]}
    for aspect in aspects.of_project(project_id):
        facet = f"answer.{aspect.key}"
        base = SampleRow.objects.in_project(project_id).filter(filters.q(without=facet))
        found[facet] = {value: base.filter(_one(facet, value)).count() for value in (ANY, NONE, OPEN)}
    return found


def _tally(values: QuerySet[SampleRow, str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return dict(sorted(counted.items()))


def names(project_id: UUID, filters: Filters) -> list[str]:
    """Every match by its external id, in order of arrival, for a batch or a run."""
    return list(rows(project_id, filters).order_by("sample_id").values_list("external_id", flat=True))
