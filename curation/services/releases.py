"""Cutting a release.

Belongs here: gates, gathering rows, freezing them.
Does not: what a row, a family or a split is (releases/), whether one is still what was frozen (verifying.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import structlog
from django.conf import settings
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from accounts.services import audit_log
from annotation.selectors import consensus, evidence
from catalog.choices import SampleState
from catalog.selectors import aspects, guidelines, pictures, samples
from catalog.services import assets
from config.base.errors import InvalidInput
from config.base.words import noted
from cot_generation.selectors import rationales, readings
from curation import dispatch
from curation.choices import Split
from curation.errors import GatesClosed, ReleaseNameTaken
from curation.models import QuestionState, Release, ReleaseRow
from curation.releases import card, rows, writing
from curation.releases.families import Member, families
from curation.releases.splits import Shares, split_of
from curation.selectors import audits
from curation.selectors import releases as release_selectors
from curation.shapes import ReleaseCounts, Shard

log = structlog.get_logger()

CHUNK = 300
NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Gate:
    """A broken gate: which, why in one sentence, and how many rows it concerns."""

    gate: str
    reason: str
    count: int = 0


@dataclass
class Tally:
    """Counted while rows are written."""

    questions: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    samples: set[int] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    rationales: int = 0
    sandbox: int = 0


def waits_for(project_id: UUID) -> str | None:
    """Why a release should not be cut yet, as one sentence; None when everything has settled."""
    for dotted in settings.PROJECT_BUSY:
        reason: str | None = import_string(dotted)(project_id=project_id)
        if reason:
            return reason
    waiting = samples.state_counts(project_id).get(SampleState.WAITING, 0)
    if waiting:
        return noted("The pictures of {count} samples are still on their way.", count=waiting)
    pending = dispatch.pending()
    return noted("{count} changes have not reached the lists yet.", count=pending) if pending else None


def cut(
    *,
    project_id: UUID,
    name: str,
    seed: int = 1,
    shares: Shares | None = None,
    allow_sandbox: bool = False,
    locale: str = "en",
    actor_id: int | None = None,
    progress: Progress | None = None,
) -> release_selectors.ReleaseInfo:
    """Freeze what is answered and audited. The same inputs give the same bytes.

    Raises ReleaseNameTaken, InvalidInput for a name that is no file name, GatesClosed with every broken gate.
    """
    if not re.match(NAME_PATTERN, name):
        raise InvalidInput("A release's name has letters, digits, dots, hyphens and underscores, 64 at most.")
    if Release.objects.in_project(project_id).filter(name=name).exists():
        raise ReleaseNameTaken(release=name)
    guideline = guidelines.current(project_id)
    with transaction.atomic():
        release = Release(
            project_id=project_id,
            name=name,
            folder="",
            hash="",
            seed=seed,
            guideline_version=guideline.version,
            sandbox=False,
            counts=ReleaseCounts({}, 0, 0, 0, {}),
            shards=[],
            cut_by_id=actor_id,
        )
        try:
            with transaction.atomic():
                release.save()
        except IntegrityError:
            raise ReleaseNameTaken(release=name) from None
        release.folder = f"releases/{release.pk}"
        _fill(release, shares or Shares(), allow_sandbox=allow_sandbox, locale=locale, progress=progress)
        audit_log.record(actor_id=actor_id, project_id=project_id, action="release.cut", subject=name)
    log.info("release.cut", release_id=str(release.pk), questions=sum(release.counts.questions.values()))
    return release_selectors.by_id(release.pk)


def _fill(release: Release, shares: Shares, *, allow_sandbox: bool, locale: str, progress: Progress | None) -> None:
    media = storages["media"]
    writer, tally, seen = writing.Writer(media, release.folder), Tally(), card.CardTally()
    try:
        for written in _in_chunks(_write_rows(release, writer, tally, seen, shares, locale, progress)):
            ReleaseRow.objects.bulk_create(
                ReleaseRow(
                    release=release,
                    question=each.question,
                    sample_id=each.sample_id,
                    split=each.split,
                    family=each.family,
                    row_hash=each.row_hash,
                    shard=each.shard,
                    offset=each.offset,
                )
                for each in written
            )
        if broken := _gates(tally, allow_sandbox=allow_sandbox):
            raise GatesClosed(
                "{broken!t}",
                broken=[gate.reason for gate in broken],
                reasons=[{"gate": gate.gate, "reason": gate.reason, "count": gate.count} for gate in broken],
            )
        release.sandbox = tally.sandbox > 0
        release.counts = ReleaseCounts(
            questions={split: tally.questions[split] for split in ("train", "validation", "test")},
            samples=len(tally.samples),
            families=len(tally.families),
            rationales=tally.rationales,
            left_out=dict(sorted(tally.left_out.items())),
        )
        about = seen.card(
            release=release.name,
            locale=locale,
            guideline=release.guideline_version,
            seed=release.seed,
            left_out=release.counts.left_out,
        )
        pretty = msgspec.json.format(rows.ENCODER.encode(about), indent=1) + b"\n"
        attached = {
            "card.json": writer.attach("card.json", pretty),
            "card.md": writer.attach("card.md", card.markdown(about).encode()),
        }
        release.hash = writer.close(lambda shards: _manifest(release, shares, shards, locale, attached))
        release.shards = writer.shards
        release.save()
    except BaseException:
        writing.discard(media, release.folder)
        raise


def _manifest(
    release: Release, shares: Shares, shards: Sequence[Shard], locale: str, attached: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "schema": rows.SCHEMA,
        "release": release.name,
        "seed": release.seed,
        "splits": {
            "train": shares.train,
            "validation": shares.validation,
            "test": 100 - shares.train - shares.validation,
        },
        "locale": locale,
        "guideline": release.guideline_version,
        "sandbox": release.sandbox,
        "counts": release.counts,
        "shards": list(shards),
        "attached": attached,
    }


def _gates(tally: Tally, *, allow_sandbox: bool) -> list[Gate]:
    broken = []
    total = sum(tally.questions.values())
    if not total:
        broken.append(Gate("no_answers", "No question of this project has an answer yet; judge some samples first."))
    elif not tally.questions["train"]:
        broken.append(
            Gate("empty_train", "No family falls into the train split; take another seed or judge more samples.")
        )
    if tally.sandbox and not allow_sandbox:
        broken.append(
            Gate(
                "sandbox",
                noted(
                    "{count} audited rationales come from a sandbox endpoint; bounce their lot to leave them out, "
                    "or allow them with --allow-sandbox, which marks the release.",
                    count=tally.sandbox,
                ),
                tally.sandbox,
            )
        )
    return broken


def _write_rows(
    release: Release,
    writer: writing.Writer,
    tally: Tally,
    seen: card.CardTally,
    shares: Shares,
    locale: str,
    progress: Progress | None,
) -> Iterator[writing.Written]:
    project_id = release.project_id
    known, guideline = aspects.of_project(project_id), guidelines.current(project_id)
    family_of = _families(project_id)
    let_through = audits.audited(project_id)
    ids = sorted(family_of)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        for subject in _subjects(chunk, tally, let_through):
            family = family_of[subject.info.id]
            split = split_of(family, seed=release.seed, shares=shares)
            found = rows.questions(
                subject, rows.Place(split, family), aspects=known, guideline=guideline, locale=locale
            )
            tally.left_out["unjudged questions"] += len(known) - sum(aspect.id in subject.consensus for aspect in known)
            if not found:
                continue
            if subject.evidence.assisted and split is not Split.TRAIN:
                # An answer given with a model's view in sight would measure how near another model is to that one.
                tally.left_out["questions judged with a revealed view, in evaluation splits"] += len(found)
                continue
            tally.samples.add(subject.info.id)
            tally.families.add(family)
            tally.questions[split.value] += len(found)
            for question, line in found:
                seen.add(line)
                yield writer.add(question, line, sample_id=subject.info.id, split=split, family=family)
        if progress is not None:
            progress(min(start + CHUNK, len(ids)), len(ids))


def _families(project_id: UUID) -> dict[int, str]:
    """Of every ready sample, judged or not: a family must not change because a member was judged."""
    ids = samples.ids(project_id)
    members, media_types = [], {}
    for start in range(0, len(ids), 2000):
        chunk = ids[start : start + 2000]
        infos, shown = samples.infos(chunk), pictures.of_samples(chunk)
        for sample_id in chunk:
            original = next(picture for picture in shown[sample_id] if picture.slot == "O")
            media_types[original.sha256] = original.media_type
            members.append(
                Member(
                    sample_id=sample_id,
                    name=infos[sample_id].external_id,
                    group=infos[sample_id].group,
                    pictures=tuple(picture.sha256 for picture in shown[sample_id]),
                    original=original.sha256,
                    phash=int(original.phash.partition(":")[2], 16),
                )
            )
    return families(members, lambda sha256: assets.fitted_by_hash(sha256, media_types[sha256], assets.THUMBNAIL))


def _subjects(chunk: Sequence[int], tally: Tally, let_through: audits.Audited) -> Iterator[rows.Subject]:
    infos, shown = samples.infos(chunk), pictures.of_samples(chunk)
    standing: dict[int, dict[int, consensus.ConsensusInfo]] = defaultdict(dict)
    for (sample_id, aspect_id), info in consensus.for_samples(chunk).items():
        if info.disputed:
            tally.left_out["disputed questions"] += 1
        elif info.answer is not None:
            standing[sample_id][aspect_id] = info
    audited: dict[int, dict[int, list[rationales.RationaleInfo]]] = defaultdict(lambda: defaultdict(list))
    for (sample_id, aspect_id), found in rationales.for_samples(chunk).items():
        for each in found:
            if not let_through.lets_through(each):
                why = "rejected rationales" if each.id in let_through.rejected else "unaudited rationales"
                tally.left_out[why] += 1
            elif aspect_id in standing[sample_id]:
                audited[sample_id][aspect_id].append(each)
                tally.rationales += 1
                tally.sandbox += each.sandbox
    read = readings.behind(
        each.id for by_aspect in audited.values() for chosen in by_aspect.values() for each in chosen
    )
    marked, whole = evidence.for_samples(chunk), consensus.imported_overall(chunk)
    difficulty: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for state in QuestionState.objects.filter(sample_id__in=chunk):
        difficulty[state.sample_id][state.aspect_key] = {
            "run": state.run,
            "exact_rate": state.exact_rate,
            "state": state.state,
        }
    for sample_id in chunk:
        yield rows.Subject(
            info=infos[sample_id],
            pictures=shown[sample_id],
            evidence=marked.get(sample_id, evidence.Evidence()),
            consensus=standing[sample_id],
            rationales=audited[sample_id],
            readings=read,
            difficulty=difficulty[sample_id],
            overall=whole.get(sample_id),
        )


def _in_chunks(found: Iterator[writing.Written]) -> Iterator[list[writing.Written]]:
    chunk: list[writing.Written] = []
    for each in found:
        chunk.append(each)
        if len(chunk) == 2000:
            yield chunk
            chunk = []
    yield chunk
