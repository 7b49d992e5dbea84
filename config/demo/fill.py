"""What the demo consists of, in the order in which it comes about. Each step may be killed and then does the rest.

Belongs here: the steps, by the services people use.
Does not: what demo people think (people.py), counting the steps (steps.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid5

import msgspec
from django.conf import settings
from django.utils import timezone

from accounts.selectors import people as people_selectors
from accounts.selectors import projects
from accounts.selectors.hot import HotAccess
from annotation.choices import GoldSource, Purpose
from annotation.selectors import batches as batch_selectors
from annotation.selectors import consensus, opinions
from annotation.selectors import golds as gold_selectors
from annotation.services import adjudication, batches, golds, hot, rehearsing
from annotation.services.batches import Target, Terms
from catalog.choices import SLOTS
from catalog.scenes import dataset
from catalog.scenes.dataset import CANDIDATES, Truth
from catalog.selectors import aspects, samples
from catalog.services import imports
from config.base import outbox
from config.demo import people
from config.demo.accounts import SLUG
from config.demo.steps import Part, Report
from cot_generation.choices import RunPurpose, Stage, Way
from cot_generation.selectors import endpoints, progress, prompts, rationales
from cot_generation.services import new_runs
from cot_generation.services import rationales as rationale_services
from curation.selectors import audits
from curation.selectors import releases as release_selectors
from curation.services import audits as audit_services
from curation.services import releases

SAMPLES = 240
SEED = 2026
JUDGED_BY_TWO = 146  # turns, of which one in ten is hidden gold
JUDGED_BY_ONE = 22
GOLD_SHARE = 0.1
ONE_KNOWN_IN = 17  # samples; that one is hidden gold from the start: so few that both people meet nearly all of them
ONE_FOR_NEWCOMERS_IN = 12  # samples, which nobody else gets: the first are practice, the rest are a first batch
PRACTICE = 5
RULED_SHARE = 0.8
GOLD = 24
MANUAL = 12
ASKED = 80
LOT = 24
NAMES = UUID("0f9a4c5e-7d0e-4d53-9c56-5b0d3a1f2c11")
FIRST_LOOK, HAND_WRITTEN, DISPUTES = "First look", "Rationales by hand", "Disputes of the first look"
FIRST_STEPS = "First steps"
FIRST_RELEASE = "first"
WELCOME = Terms(training_count=PRACTICE, gold_share=0.25, gold_window=3, gold_floor=0.6)


@dataclass(frozen=True)
class Turn:
    """A claimed assignment, as much of it as filling needs."""

    assignment_id: int
    fence: int
    letters: str
    sample: str
    sample_id: int


class Filler:
    """The demo project and its files, looked up once."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.folder = Path(settings.BASE_DIR) / "var" / "demo"

    @cached_property
    def project_id(self) -> UUID:
        return projects.by_slug(SLUG).project_id

    @cached_property
    def truths(self) -> dict[str, Truth]:
        lines = (self.folder / "truth.jsonl").read_bytes().splitlines()
        return {truth.id: truth for truth in (msgspec.json.decode(line, type=Truth) for line in lines)}

    @cached_property
    def aspect_ids(self) -> dict[str, int]:
        return {aspect.key: aspect.id for aspect in aspects.of_project(self.project_id)}

    def person(self, username: str) -> HotAccess:
        """As whom a step acts."""
        user = people_selectors.by_username(username)
        access = projects.access(user_id=user.pk, slug=SLUG)
        return HotAccess(user_id=user.pk, project_id=self.project_id, archived=False, role=access.role)

    # --- steps ----------------------------------------------------------------------------------------------------
    def draw(self, report: Report) -> None:
        """Scenes on disk; what is there already is drawn again with the same bytes."""
        for done in dataset.write(
            count=self.count, seed=SEED, folder=self.folder, side=512, with_answers=False, processes=2
        ):
            if done % 10 == 0 or done == self.count:
                report(done, self.count)

    def bring_in(self, report: Report) -> None:
        """Rows at once, pictures by the workers."""
        outcome = imports.read_manifest(
            project_id=self.project_id,
            manifest=self.folder / "manifest.jsonl",
            actor_id=people_selectors.by_username("lead").pk,
            now=timezone.now(),
        )
        if outcome.landed.new == 0 and outcome.import_id is not None and not self._waiting():
            report(self.count, self.count)
            return
        wait(lambda: not self._waiting(), lambda: report(self.count - self._waiting(), self.count))

    def _waiting(self) -> int:
        return samples.state_counts(self.project_id).get("waiting", 0)

    def judge(self, report: Report) -> None:
        """Two annotators judge most of a batch, hidden gold among it; the rest is left for you."""
        names = self._names()
        known = known_among(names)
        self._write_gold({names[each]: self.truths[each] for each in known}, Purpose.GOLD)
        kept = {*known, *kept_for_newcomers(names)}
        ours = [Target(sample_id) for name, sample_id in sorted(names.items()) if name not in kept]
        batch_id = self._batch(FIRST_LOOK, "label", ours, wanted=2, terms=Terms(gold_share=GOLD_SHARE))
        shares = {"annotator": JUDGED_BY_TWO + JUDGED_BY_ONE, "annotator_2": JUDGED_BY_TWO}
        done, total = 0, sum(shares.values()) * self.count // SAMPLES
        for username, share in shares.items():
            person = self.person(username)
            for _ in range(share * self.count // SAMPLES):
                for turn in claim(person, batch_id):
                    self._judge(person, username, turn)
                done += 1
                report(done, total)

    def _write_gold(self, known: Mapping[int, Truth], purpose: Purpose) -> None:
        """What was planted, as if the lead had looked and written it down; for practice with a hint."""
        if self._has_gold(GoldSource.BY_HAND, purpose):
            return
        golds.make(
            project_id=self.project_id,
            questions=[
                golds.NewGold(
                    sample_id,
                    people.truthful(truth, slots=SLOTS[:CANDIDATES]),
                    people.hint(truth) if purpose == Purpose.TRAINING else "",
                )
                for sample_id, truth in known.items()
            ],
            purpose=purpose,
            source=GoldSource.BY_HAND,
            tolerance={},
            actor_id=people_selectors.by_username("lead").pk,
        )

    def _has_gold(self, source: GoldSource, purpose: Purpose = Purpose.GOLD) -> bool:
        return gold_selectors.of_project(self.project_id).filter(source=source, purpose=purpose).exists()

    def _judge(self, person: HotAccess, username: str, turn: Turn) -> None:
        truth = self.truths[turn.sample]
        cells, regions = people.opinion(truth, slots=sorted(turn.letters), person=username)
        spent = people.time_for(f"{username} {turn.sample}", median_ms=34_000, found=len(regions))
        with rehearsing.let_pass(user_id=person.user_id, assignment_id=turn.assignment_id, ms=spent):
            hot.submit(
                access=person,
                assignment_id=turn.assignment_id,
                fence=turn.fence,
                key=uuid5(NAMES, f"{username} {turn.assignment_id}"),
                cells=cells,
                regions=regions,
                active_ms=spent,
            )

    def settle(self, report: Report) -> None:
        """The reviewer rules most disputes; some wait for you."""
        if not consensus.disputed(project_id=self.project_id) and not self._find(DISPUTES):
            report(0, 0)
            return
        batch_id = self._find(DISPUTES)
        if batch_id is None:
            lead = people_selectors.by_username("lead").pk
            made = adjudication.make_batch(project_id=self.project_id, actor_id=lead, now=timezone.now(), name=DISPUTES)
            batch_id = made.pk
        reviewer = self.person("reviewer")
        total = int(batch_selectors.by_id(project_id=self.project_id, batch_id=batch_id).place_count * RULED_SHARE)
        for number in range(total):
            for turn in claim(reviewer, batch_id):
                self._rule(reviewer, turn)
            report(number + 1, total)

    def know(self, report: Report) -> None:
        """Hidden gold out of rulings and of opinions that agree, for the next batch a lead makes."""
        candidates = gold_selectors.stock(self.project_id).candidates
        for source in (GoldSource.ADJUDICATED, GoldSource.CONSENSUS):
            if self._has_gold(source) or not candidates[source]:
                continue
            golds.make_from_answers(
                project_id=self.project_id,
                source=source,
                purpose=Purpose.GOLD,
                tolerance={},
                sample_ids=None,
                most=GOLD,
                actor_id=people_selectors.by_username("lead").pk,
            )
        report(1, 1)

    def welcome(self, report: Report) -> None:
        """A batch for whoever is new: practice with feedback, then hidden gold that may pause them. Nobody began it."""
        names = self._names()
        kept = kept_for_newcomers(names)
        self._write_gold({names[each]: self.truths[each] for each in kept[:PRACTICE]}, Purpose.TRAINING)
        self._batch(FIRST_STEPS, "label", [Target(names[each]) for each in kept[PRACTICE:]], wanted=1, terms=WELCOME)
        report(1, 1)

    def _rule(self, reviewer: HotAccess, turn: Turn) -> None:
        held = opinions.held(project_id=self.project_id, assignment_id=turn.assignment_id, user_id=reviewer.user_id)
        keys = {aspect_id: key for key, aspect_id in self.aspect_ids.items()}
        named = [keys[aspect_id] for aspect_id in held.aspect_ids]
        spent = people.time_for(f"ruling {turn.sample}", median_ms=48_000)
        with rehearsing.let_pass(user_id=reviewer.user_id, assignment_id=turn.assignment_id, ms=spent):
            adjudication.rule(
                project_id=self.project_id,
                user_id=reviewer.user_id,
                assignment_id=turn.assignment_id,
                fence=turn.fence,
                key=uuid5(NAMES, f"ruling {turn.assignment_id}"),
                cells=people.truthful(self.truths[turn.sample], slots=sorted(turn.letters), aspects=named),
                regions=[],
                reason="Compared with the original at full size.",
                active_ms=spent,
                now=timezone.now(),
            )

    def explain_by_hand(self, report: Report) -> None:
        """An annotator writes some rationales; a few are left."""
        targets = [Target(sample_id, (aspect_id,)) for sample_id, aspect_id in self._answered()[: MANUAL + 6]]
        if not targets:
            report(0, 0)
            return
        batch_id = self._batch(HAND_WRITTEN, "write_rationale", targets, wanted=1)
        writer = self.person("annotator")
        total = min(MANUAL, len(targets))
        for number in range(total):
            for turn in claim(writer, batch_id):
                self._write(writer, turn)
            report(number + 1, total)

    def _write(self, writer: HotAccess, turn: Turn) -> None:
        held = opinions.held(project_id=self.project_id, assignment_id=turn.assignment_id, user_id=writer.user_id)
        aspect = next(key for key, aspect_id in self.aspect_ids.items() if aspect_id == held.aspect_ids[0])
        standing = consensus.for_samples([turn.sample_id])[turn.sample_id, held.aspect_ids[0]]
        answer = list(standing.answer or ())
        spent = people.time_for(f"writing {turn.sample}", median_ms=95_000)
        with rehearsing.let_pass(user_id=writer.user_id, assignment_id=turn.assignment_id, ms=spent):
            rationale_services.write(
                assignment_id=turn.assignment_id,
                fence=turn.fence,
                user_id=writer.user_id,
                sentences=people.rationale(answer, aspect=aspect, letters=turn.letters, person="annotator"),
                concluded=answer,
                active_ms=spent,
                now=timezone.now(),
                project_id=self.project_id,
            )

    def explain_by_model(self, report: Report) -> None:
        """Two runs against the sandbox: without the answer, and with it after a skeleton."""
        endpoint = next((each for each in endpoints.of_project(self.project_id) if each.sandbox), None)
        if endpoint is None:
            report(0, 0)
            return
        lead = people_selectors.by_username("lead").pk
        answered = self._answered()
        made = []
        stages = ((Way.AUTOMATED, Stage.PLAIN), (Way.ANSWER_DRIVEN, Stage.SKELETON_FIRST))
        for number, (way, stage) in enumerate(stages):
            prompt = next(
                each
                for each in prompts.of_project(self.project_id)
                if (each.way, each.stage, each.locale) == (way, stage, "en")
            )
            present = [run for run in progress.of_project(self.project_id) if run.way == way]
            if present:
                made.append(present[0].pk)
                continue
            questions = answered[MANUAL + 6 + number * ASKED :][:ASKED] or answered[:ASKED]
            run = new_runs.create(
                project_id=self.project_id,
                purpose=RunPurpose.RATIONALE,
                way=way,
                stage=prompt.stage,
                prompt_id=prompt.pk,
                endpoint_id=endpoint.pk,
                questions=questions,
                cap=Decimal(5),
                actor_id=lead,
                now=timezone.now(),
            )
            made.append(run.pk)
        wait(
            lambda: all(self._left(run_id) == 0 for run_id in made),
            lambda: report(2 * ASKED - sum(self._left(run_id) for run_id in made), 2 * ASKED),
        )

    def _left(self, run_id: UUID) -> int:
        found = progress.of_run(project_id=self.project_id, run_id=run_id, now=timezone.now())
        return found.waiting + found.running

    def audit(self, report: Report) -> None:
        """Two lots are judged and decided, one is half way."""
        auditor = people_selectors.by_username("lead").pk
        drawn = {lot.way: lot for lot in audits.lots(self.project_id)}
        ways = [Way.MANUAL, Way.ANSWER_DRIVEN, Way.AUTOMATED]
        for number, way in enumerate(ways):
            counts = rationales.counts_by_way(self.project_id)
            if way.value not in drawn and counts[way].passed:
                made = audit_services.draw(
                    project_id=self.project_id, way=way, sample_size=LOT, actor_id=auditor, seed=SEED
                )
                drawn[way.value] = audits.lot(self.project_id, made.pk)
            if way.value in drawn and drawn[way.value].decided_at is None:
                self._judge_lot(drawn[way.value], auditor, half=way == Way.AUTOMATED)
            report(number + 1, len(ways))

    def _judge_lot(self, lot: audits.LotInfo, auditor: int, *, half: bool) -> None:
        entries = audits.entries(lot.id)
        texts = rationales.by_ids([entry.rationale_id for entry in entries])
        names = {key: external for external, key in self._names().items()}
        keys = {aspect_id: key for key, aspect_id in self.aspect_ids.items()}
        for entry in entries[: len(entries) // 2] if half else entries:
            if entry.accepted is not None:
                continue
            text = texts[entry.rationale_id]
            planted = self.truths[names[text.sample_id]].slots_with(keys[text.aspect_id])
            right = set(text.concluded or ()) == set(planted)
            audit_services.judge(
                project_id=self.project_id,
                entry_id=entry.id,
                auditor_id=auditor,
                accepted=right,
                reason="" if right else "wrong_conclusion",
            )
        if not half:
            found = audits.lot(self.project_id, lot.id)
            audit_services.decide(
                project_id=self.project_id,
                lot_id=lot.id,
                accept=(found.rate.value or 0) >= 0.7,
                actor_id=auditor,
                now=timezone.now(),
            )

    def freeze(self, report: Report) -> None:
        """A first, small release, marked as sandbox."""
        wait(lambda: outbox.pending("sample_changed") == 0, lambda: report(0, 1))
        if not any(each.name == FIRST_RELEASE for each in release_selectors.of_project(self.project_id)):
            releases.cut(
                project_id=self.project_id,
                name=FIRST_RELEASE,
                seed=1,
                allow_sandbox=True,
                actor_id=people_selectors.by_username("lead").pk,
            )
        report(1, 1)

    # --- helpers --------------------------------------------------------------------------------------------------
    def _names(self) -> dict[str, int]:
        return samples.by_external_ids(self.project_id, self.truths)

    def _answered(self) -> list[tuple[int, int]]:
        """Questions with an answer, those with a defect and those without in turn."""
        ids = samples.ids(self.project_id)
        standing = consensus.for_samples(ids)
        open_ones = [key for key, info in sorted(standing.items()) if info.answer is not None and not info.disputed]
        broken = [key for key in open_ones if standing[key].answer]
        clean = [key for key in open_ones if not standing[key].answer]
        return [key for pair in zip(broken, clean, strict=False) for key in pair]

    def _find(self, name: str) -> UUID | None:
        return batch_selectors.of_project(self.project_id).filter(name=name).values_list("pk", flat=True).first()

    def _batch(self, name: str, kind: str, targets: list[Target], *, wanted: int, terms: Terms | None = None) -> UUID:
        present = self._find(name)
        if present is not None:
            return present
        made = batches.create(
            project_id=self.project_id,
            kind=kind,
            name=name,
            targets=targets,
            wanted=wanted,
            terms=terms,
            actor_id=people_selectors.by_username("lead").pk,
            now=timezone.now(),
        )
        return made.pk

    def parts(self) -> list[Part]:
        """Every step, in order."""
        return [
            Part("draw", "Drawing scenes", self.draw),
            Part("bring_in", "Bringing pictures in", self.bring_in),
            Part("judge", "Two annotators judge", self.judge),
            Part("settle", "A reviewer settles disputes", self.settle),
            Part("explain_by_hand", "A person writes rationales", self.explain_by_hand),
            Part("explain_by_model", "The sandbox endpoint writes rationales", self.explain_by_model),
            Part("audit", "A lead audits", self.audit),
            Part("freeze", "A first release is frozen", self.freeze),
            Part("know", "Some answers become gold", self.know),
            Part("welcome", "Practice is laid out for a newcomer", self.welcome),
        ]


def known_among(names: Iterable[str]) -> list[str]:
    """The samples that are hidden gold and therefore in no batch of their own right."""
    return sorted(names)[ONE_KNOWN_IN // 2 :: ONE_KNOWN_IN]


def kept_for_newcomers(names: Iterable[str]) -> list[str]:
    """The samples that nobody in the demo has judged, so that somebody can still practise on them."""
    among = sorted(names)
    known = known_among(among)
    return [each for each in among[ONE_FOR_NEWCOMERS_IN // 2 :: ONE_FOR_NEWCOMERS_IN] if each not in known]


def claim(person: HotAccess, batch_id: UUID) -> list[Turn]:
    """The next piece, if there is one."""
    claimed = hot.claim(access=person, slug=SLUG, batch_id=batch_id, count=1)
    rows = msgspec.json.decode(claimed.assignments)
    return [
        Turn(row["assignment_id"], row["fence"], row["letters"], row["sample"]["external_id"], row["sample"]["id"])
        for row in rows
    ]


def wait(done: Callable[[], bool], tell: Callable[[], None], *, seconds: float = 600) -> None:
    """Until workers have done their part. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("The workers did not finish in time; see var/log/worker.log.")
        tell()
        time.sleep(0.4)
    tell()
