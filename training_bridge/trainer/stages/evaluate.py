"""Measuring: a quick look after each stage on the validation split, and the full table on the test split at the end.

Belongs here: the model's own answers, answers of endpoints from a file, both scored by the same lines (metrics).
Does not: calling an endpoint; the platform does that and writes its completions beside the run.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from training_bridge.trainer import completions as reading
from training_bridge.trainer import letters, ranks
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder, replace_json, replace_text
from training_bridge.trainer.contract.reading import compact, read_lines, read_object
from training_bridge.trainer.contract.rows import CompletionRow, QuestionRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.metrics import detail, leaderboard, markdown, policies, repeated, scores
from training_bridge.trainer.metrics.policies import Asked, Picked
from training_bridge.trainer.prompts import FINE
from training_bridge.trainer.rewards import scoring, terms
from training_bridge.trainer.rewards.dpa import Reward
from training_bridge.trainer.rewards.scoring import Rewarding

TRAINED = "trained"


def asked(row: QuestionRow) -> Asked:
    return Asked(
        row.question,
        row.aspect,
        row.family_id,
        row.slots,
        row.gold,
        generators=tuple((candidate.slot, candidate.generator) for candidate in row.candidates),
        agreement=row.agreement,
        opinions=row.opinions or 0,
    )


def reward_of(variant: str, settings: Rewarding | None = None) -> Reward:
    """The training reward as a metric: without gate and terms, in the reading of the recipe's credit unit."""
    return scoring.set_reward(variant, settings or Rewarding())


def quick(context: Any, stage: str, model: Any, processor: Any) -> None:
    """Exact match on some validation questions (test ones are never looked at before the end)."""
    questions = context.material.some("validation", context.plan.evaluate.validation)
    if not questions or not context.plan.evaluate.validation:
        return
    answers, _ = _own(context, model, processor, questions, name=stage)
    reward = reward_of(context.plan.hard.reward, context.plan.rewards)
    of_stage = scores.of_answers(stage, "stage", [asked(row) for row in questions], answers, reward)
    summary = scores.summary(of_stage, [asked(row) for row in questions])
    context.journal.event(
        "evaluation",
        stage=stage,
        split="validation",
        questions=len(questions),
        exact=summary["exact"]["value"],
        low=summary["exact"]["low"],
        high=summary["exact"]["high"],
        jaccard=summary["jaccard"]["value"],
        reward=summary["reward"],
        unparsable=summary["unparsable"],
        per_aspect=summary["per_aspect"],
    )


def evaluate(context: Any) -> None:
    """The trained model on the test split, beside every trivial policy, earlier stages and endpoints."""
    plan, material = context.plan, context.material
    questions = material.some("test", plan.evaluate.test)
    material.load(questions)
    context.step(0, len(questions) * (1 + len(plan.evaluate.also)))
    lines: list[str] = []
    own: dict[str, dict[str, Picked | None]] = {}
    more: dict[str, Any] = {}
    for name, stage in [(TRAINED, plan.last), *((f"after_{stage}", stage) for stage in plan.evaluate.also)]:
        model, processor = context.load_to_ask(stage)
        own[name], said = _own(context, model, processor, questions, name=name)
        lines += said
        if name == TRAINED:
            more = _besides(context, model, processor, questions, own[name])
            more["rationale_agreement"] = _agreement(context, questions, said)
    if not ranks.first():
        return
    replace_text(context.folder.completions, "".join(lines))
    replace_json(context.folder.evaluation / "besides.json", more)
    shown = {row.question: material.letters(row) for row in questions}
    result = compare(
        material.splits["train"],
        questions,
        own,
        endpoint_rows(context.folder),
        reward_name=plan.hard.reward,
        rewarding=plan.rewards,
        shown=dict.fromkeys(own, shown),
    )
    tell(context.folder, {**result, **more})
    best = next(model for model in result["models"] if model["name"] == TRAINED)
    context.journal.event(
        "evaluation",
        stage="evaluate",
        split="test",
        questions=len(questions),
        exact=best["exact"]["value"],
        low=best["exact"]["low"],
        high=best["exact"]["high"],
        jaccard=best["jaccard"]["value"],
        reward=best["reward"],
        unparsable=best["unparsable"],
        per_aspect=best["per_aspect"],
    )


def _besides(
    context: Any, model: Any, processor: Any, questions: Sequence[QuestionRow], usual: Mapping[str, Picked | None]
) -> dict[str, Any]:
    """What the trained model is asked besides, where the recipe wants it: other letter orders, less to see, samples."""
    settings, material = context.plan.evaluate, context.material
    test = [asked(row) for row in questions]
    result: dict[str, Any] = {}
    if settings.rotations:
        orders = len(max((row.slots for row in questions), key=len))
        turned: dict[str, list[Picked | None]] = {row.question: [] for row in questions}
        for turn in range(orders):
            shown = {row.question: letters.rotated(material.letters(row), turn) for row in questions}
            answers = _asked_as(context, model, processor, questions, shown=shown)
            for name, picked in answers.items():
                turned[name] += picked
        result["rotations"] = repeated.rotations(test, turned)
    if settings.controls:
        controls = {"no_pictures": material.without_pictures, "no_original": material.without_original}
        result["controls"] = {
            name: repeated.control(
                test,
                usual,
                {q: made[0] for q, made in _asked_as(context, model, processor, questions, put=put).items()},
            )
            for name, put in controls.items()
        }
    if settings.samples:
        sampled = _asked_as(context, model, processor, questions, samples=settings.samples)
        result["samples"] = repeated.samples(test, sampled)
    return result


def _agreement(context: Any, questions: Sequence[QuestionRow], said: Sequence[str]) -> dict[str, float] | None:
    """How often the answer is what the rationale before it concludes; `None` where no rationale is made of verdicts."""
    words = frozenset(context.material.words.values())
    family_of = {row.question: row.family_id for row in questions}
    values, families = [], []
    for line in map(json.loads, said):
        found = reading.read(line["text"], sorted(line["letters"].values()))
        value = terms.consistency(found.think, found.letters, words, FINE)
        if value is not None:
            values.append(value)
            families.append(family_of[line["question"]])
    return {"n": len(values), **detail.interval(values, families).rounded()} if values else None


def _asked_as(
    context: Any,
    model: Any,
    processor: Any,
    questions: Sequence[QuestionRow],
    *,
    shown: Mapping[str, Mapping[str, str]] | None = None,
    put: Any = None,
    samples: int = 0,
) -> dict[str, list[Picked | None]]:
    """Answers as slots, with letters of one's own, worded by `put`, or sampled at temperature 1."""
    from training_bridge.trainer.stages.answers import ask_together

    settings, material = context.plan.evaluate, context.material
    letters_of = shown or {row.question: material.letters(row) for row in questions}
    result: dict[str, list[Picked | None]] = {}
    for row, made in ask_together(
        context,
        model,
        processor,
        questions,
        batch=max(1, settings.batch // max(1, samples)),
        tokens=settings.tokens,
        samples=max(1, samples),
        temperature=1.0 if samples else None,
        put=put or (lambda row: material.put(row, letters_of[row.question])),
    ):
        own = letters_of[row.question]
        result[row.question] = [
            letters.to_slots(reading.read(text, sorted(own.values())).letters, own) for text, _ in made
        ]
    return result


def again(folder: RunFolder, files: Sequence[Path]) -> dict[str, Any]:
    """Score what lies in the folder once more, with these completion files beside it. Needs no model and no torch."""
    plan = read_object(folder.plan)
    splits = {split: rows.release_rows(folder.release, split) for split in ("train", "test")}
    by_id = {row.question: row for row in splits["test"]}
    own: dict[str, dict[str, Picked | None]] = {}
    shown: dict[str, dict[str, Mapping[str, str]]] = {}
    asked_of: dict[str, None] = {}
    if folder.completions.exists():
        for row in map(rows.completion_row, read_lines(folder.completions)):
            own.setdefault(row.model, {})[row.question] = picked_by(row, by_id)
            shown.setdefault(row.model, {})[row.question] = row.letters or {}
            asked_of[row.question] = None
    questions = [by_id[name] for name in asked_of] or splits["test"]
    found = [*endpoint_rows(folder), *(row for file in files for row in _completions(file))]
    result = compare(
        splits["train"],
        questions,
        own,
        found,
        reward_name=str(plan.mapping("hard").get("reward", "exact")),
        rewarding=Rewarding(**plan.mapping("rewards", optional=True)),
        shown=shown,
    )
    besides = folder.evaluation / "besides.json"
    result.update(read_object(besides).value if besides.exists() else {})
    tell(folder, result)
    return result


def compare(
    train: Iterable[QuestionRow],
    questions: Sequence[QuestionRow],
    own: Mapping[str, Mapping[str, Picked | None]],
    endpoints: Iterable[CompletionRow],
    *,
    reward_name: str,
    rewarding: Rewarding | None = None,
    shown: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
) -> dict[str, Any]:
    """Everybody on the same questions. `shown`: of each model and question, which letter showed which slot."""
    reward = reward_of(reward_name, rewarding)
    shown = dict(shown or {})
    test = [asked(row) for row in questions]
    by_id = {row.question: row for row in questions}
    models = [
        scores.of_answers(name, TRAINED if name == TRAINED else "stage", test, answers, reward, shown=shown.get(name))
        for name, answers in own.items()
    ]
    others: dict[str, dict[str, Picked | None]] = {}
    displayed: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in endpoints:
        if row.question in by_id:
            others.setdefault(row.model, {})[row.question] = picked_by(row, by_id)
            displayed.setdefault(row.model, {})[row.question] = row.letters or {s: s for s in by_id[row.question].slots}
    models += [
        scores.of_answers(name, "endpoint", test, answers, reward, shown=displayed[name])
        for name, answers in others.items()
    ]
    trivial = policies.all_policies([asked(row) for row in train])
    models += [scores.of_policy(name, test, policy, reward) for name, policy in trivial.items()]
    return scores.report(
        split="test",
        questions=test,
        primary=TRAINED if TRAINED in own else None,
        models=models,
        reward_name=reward_name,
    )


def picked_by(row: CompletionRow, by_id: Mapping[str, QuestionRow]) -> Picked | None:
    """The slots that an answer picks; `None` if it cannot be read. The same for our model and for endpoints."""
    if row.question not in by_id:
        raise BadInput(f"A completion answers {row.question}, which is no question of this run's test split.")
    slots = by_id[row.question].slots
    if row.answer_given:
        picked = None if row.answer is None else frozenset(row.answer)
        return picked if picked is None or picked <= frozenset(slots) else None
    shown = dict(row.letters) if row.letters else {slot: slot for slot in slots}
    return letters.to_slots(reading.read(row.text, sorted(shown.values())).letters, shown)


def endpoint_rows(folder: RunFolder) -> list[CompletionRow]:
    return [row for file in sorted(folder.endpoint_completions.glob("*.jsonl")) for row in _completions(file)]


def tell(folder: RunFolder, result: Mapping[str, Any]) -> None:
    """The whole report, the report as text, the short list, and its plots."""
    from training_bridge.trainer.metrics import plots

    replace_json(folder.evaluation / "test.json", result)
    replace_text(folder.evaluation / "test.md", markdown.table(result))
    replace_json(folder.evaluation / "leaderboard.json", leaderboard.of(result))
    replace_text(folder.evaluation / "leaderboard.md", leaderboard.table(leaderboard.of(result)))
    plots.draw(result, folder.evaluation)


def _completions(file: Path) -> list[CompletionRow]:
    if not file.exists():
        raise BadInput(f"There is no file {file} with completions.")
    return [rows.completion_row(line) for line in read_lines(file)]


def _own(
    context: Any, model: Any, processor: Any, questions: Sequence[QuestionRow], *, name: str
) -> tuple[dict[str, Picked | None], list[str]]:
    from training_bridge.trainer.stages.answers import ask_together

    settings, material = context.plan.evaluate, context.material
    material.load(questions)
    answers: dict[str, Picked | None] = {}
    lines = []
    for row, made in ask_together(context, model, processor, questions, batch=settings.batch, tokens=settings.tokens):
        text, tokens = made[0]
        shown = material.letters(row)
        answers[row.question] = letters.to_slots(reading.read(text, sorted(shown.values())).letters, shown)
        line = {"question": row.question, "model": name, "text": text, "letters": shown, "tokens": tokens}
        lines.append(compact(line) + "\n")
    return answers, lines
