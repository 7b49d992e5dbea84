"""How hard a sample's questions are, by what is known before the batch is made.

Belongs here: what opinions say of it, and joining it with what other apps know (settings.DIFFICULTY_SOURCES).
Does not: what a training run found (its app's own selector), drawing the order (services.batches).

A question's difficulty lies between 0 and 1: 1 where it is disputed or everybody was unsure, else the share of pairs of
opinions that disagree; a source above may add its own, and the harder one counts. A piece is as hard as its hardest
question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from annotation.models import Consensus
from annotation.selectors.targets import Target
from catalog.selectors import aspects as catalog_aspects

Question = tuple[int, str]  # sample id, aspect key


def of_targets(*, project_id: UUID, targets: Sequence[Target]) -> list[float | None]:
    """By target, 0 to 1; None where nothing is known of any of its questions."""
    sample_ids = sorted({target.sample_id for target in targets})
    keys = {aspect.id: aspect.key for aspect in catalog_aspects.of_project(project_id)}
    known: dict[int, dict[str, float]] = {}
    sources: list[Mapping[Question, float]] = [_opinions(sample_ids, keys)]
    sources += [
        import_string(name)(project_id=project_id, sample_ids=sample_ids) for name in settings.DIFFICULTY_SOURCES
    ]
    for source in sources:
        for (sample_id, key), value in source.items():
            of_sample = known.setdefault(sample_id, {})
            of_sample[key] = max(value, of_sample.get(key, 0.0))
    return [
        _hardest(known.get(each.sample_id, {}), [keys[aspect_id] for aspect_id in each.aspect_ids]) for each in targets
    ]


def _hardest(known: Mapping[str, float], asked: Iterable[str]) -> float | None:
    """`asked` empty: all aspects."""
    wanted = set(asked) or set(known)
    return max((value for key, value in known.items() if key in wanted), default=None)


def _opinions(sample_ids: Sequence[int], keys: Mapping[int, str]) -> dict[Question, float]:
    found = Consensus.objects.filter(sample_id__in=sample_ids).filter(
        Q(agreement__isnull=False) | Q(disputed=True) | ~Q(unsure="")
    )
    rows = found.values_list("sample_id", "aspect_id", "agreement", "disputed", "unsure")
    return {
        (sample_id, keys[aspect_id]): 1.0 if disputed or unsure or agreement is None else 1.0 - agreement
        for sample_id, aspect_id, agreement, disputed, unsure in rows.iterator()
        if aspect_id in keys
    }
