"""The mining pass: what does the policy get wrong now? Sampled answers to training questions, written to the ledger.

Then the states of all questions are told: as counts in the events, one line a question in `mining/questions.jsonl`;
weights and coverage of all of them beside it, for trainers that are not ours.
"""

import dataclasses
import math
from collections.abc import Mapping, Set
from typing import Any

from training_bridge.trainer import prompts, ranks
from training_bridge.trainer.contract.folder import replace_json, replace_text
from training_bridge.trainer.contract.reading import compact
from training_bridge.trainer.contract.rows import RationaleRow
from training_bridge.trainer.mining import ledger, order, states
from training_bridge.trainer.mining.ledger import Ledger, Visit
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.stages.answers import ask_together, mean_losses
from training_bridge.trainer.stages.context import Context
from training_bridge.trainer.stages.rollouts import Scorer, answer, figures


def mine(context: Context) -> None:
    plan, material = context.plan, context.material
    settings = plan.mine
    before = plan.before("mine")
    model, processor = context.load_to_ask(before)
    train = [row.question for row in material.reinforced()]
    # Another seed than that of `grpo`: the pass should not look first at what was just trained on.
    chosen = order.uniform(train, length=settings.asks(len(train)), seed=plan.seed + 1)
    done = {row.question for row in ledger.read(context.folder.root) if row.stage == "mine"}
    rows = [material.by_id[name] for name in chosen if name not in done]
    material.load(rows)
    scorer = Scorer(material, plan, plan.hard.reward)
    memory = Ledger(context.folder.root) if ranks.first() else None
    visits: list[Visit] = []
    unreadable = 0
    for number, (row, answers) in enumerate(
        ask_together(
            context,
            model,
            processor,
            rows,
            batch=settings.batch,
            tokens=settings.tokens,
            samples=settings.generations,
            temperature=settings.temperature,
        ),
        start=1,
    ):
        shown = material.letters(row)
        read = [answer(text, shown, length)[0] for text, length in answers]
        earned = scorer(row, shown, read)
        unreadable += sum(not one.well_formed for one in read)
        visits.append(
            Visit(
                question=row.question,
                run=context.request.run,
                stage="mine",
                step=number,
                policy=before,
                source="mining",
                rewards=tuple(one.total or 0.0 for one in earned),
                exact=tuple(one.picked == row.gold for one in read),
                picked=tuple(one.picked for one in read),
                tokens=tuple(one.tokens for one in read),
            )
        )
        if memory is not None:
            memory.append(visits[-1:])
        if number % settings.batch == 0 or number == len(rows):
            share = unreadable / (number * settings.generations)
            context.step(number, len(rows), **figures(visits[-settings.batch :], material.by_id, unparsable=share))
    if memory is not None:
        memory.close()
    tell(context)


def memory_of(
    context: Context,
    *,
    oversampling: frozenset[str] = frozenset({"hard"}),
    losses: Mapping[str, float] | None = None,
    high: float | None = None,
) -> Memory:
    """An empty memory of all questions that may be drawn, with what else is known about their answers.

    `high`: the share of `losses` that counts as high, if not the recipe's `suspect_loss`.
    """
    train = context.material.reinforced()
    return Memory(
        [row.question for row in train],
        context.plan.states,
        context.plan.weights,
        agreements={row.question: row.agreement for row in train},
        wrong_elsewhere=frozenset(row.question for row in train if _doubted(row.answer, row.rationales)),
        lossy=highest(losses or {}, context.plan.states.suspect_loss if high is None else high),
        oversampling=oversampling,
    )


def highest(losses: Mapping[str, float], share: float) -> frozenset[str]:
    """The share of questions with the highest losses."""
    ranked = sorted(losses, key=lambda name: (-losses[name], name))
    return frozenset(ranked[: math.ceil(share * len(ranked))])


def losses(context: Context, stage: str, *, of: Set[str] | None = None) -> dict[str, float]:
    """Mean loss per token of the given answer of questions that may be drawn (`of` them; None: all), under what `stage`
    left.

    The target is the rule-made one, so that nobody's wording counts. All processes must ask; each measures its share.
    """
    material = context.material
    wanted = [row for row in material.reinforced() if of is None or row.question in of]
    train = [dataclasses.replace(row, rationales=()) for row in wanted]
    rows = train[ranks.index() :: ranks.count()]
    material.load(rows)
    model, processor = context.load_to_ask(stage)
    texts = [prompts.target(row, None, material.letters(row), kind="compact", words=material.words) for row in rows]
    found = mean_losses(context, model, processor, rows, texts, batch=context.plan.mine.batch)
    return dict(ranks.gathered([(row.question, loss) for row, loss in zip(rows, found, strict=True)]))


def tell(context: Context) -> None:
    """Write where every visited question stands, the weight of every question, and what was covered.

    After the hard stage losses are measured first, of as many questions as the recipe says.
    """
    material, folder, wanted = context.material, context.folder, context.plan.states.losses
    told = list(ledger.read(folder.root))
    measured = {}
    if context.stage == "hard" and wanted != "none":
        visited = {row.question for row in told if row.source != "evaluation"}
        measured = losses(context, context.stage, of=visited if wanted == "visited" else None)
    if not ranks.first():
        return
    memory = memory_of(context, losses=measured)
    memory.see(told)
    found, weighed = memory.states(), memory.weights()
    lines = []
    for name, one in memory.standings.items():
        if not one.visits and name not in measured:
            continue
        wrong, share = one.common_wrong
        lines.append(
            compact(
                {
                    "question": name,
                    "aspect": material.by_id[name].aspect,
                    "state": found[name].value,
                    "visits": one.visits,
                    "rollouts": one.rollouts,
                    "exact_rate": round(one.right / one.rollouts, 4) if one.rollouts else None,
                    "mean_reward": round(one.mean_reward, 4),
                    "dead_visits": one.dead_in_a_row,
                    "common_wrong": None if wrong is None else sorted(wrong),
                    "common_wrong_share": round(share, 4),
                    "weight": weighed[name],
                    **({"loss": round(measured[name], 4)} if name in measured else {}),
                }
            )
        )
    replace_text(folder.mining / "questions.jsonl", "".join(line + "\n" for line in lines))
    weights = (
        compact({"question": name, "state": found[name].value, "weight": round(weight, 6)})
        for name, weight in weighed.items()
    )
    replace_text(folder.mining / "weights.jsonl", "".join(line + "\n" for line in weights))
    replace_json(
        folder.mining / "coverage.json",
        coverage(memory, {row.question: row.aspect for row in material.reinforced()}),
    )
    context.journal.event("states", stage=context.stage, counts=states.counts(found))


def coverage(memory: Memory, aspects: Mapping[str, str]) -> dict[str, Any]:
    """How far the run has seen its training questions, in all and by aspect."""
    found = memory.states()
    by_aspect: dict[str, dict[str, int]] = {}
    for name, standing in memory.standings.items():
        counted = by_aspect.setdefault(aspects[name], {"questions": 0, "visited": 0, "visits": 0})
        counted["questions"] += 1
        counted["visited"] += standing.visits > 0
        counted["visits"] += standing.visits
    return {
        "schema": 1,
        "questions": len(memory.standings),
        "visited": sum(counted["visited"] for counted in by_aspect.values()),
        "visits": memory.visits,
        "rollouts": sum(standing.rollouts for standing in memory.standings.values()),
        "solve_rate": round(memory.solve_rate, 4),
        "states": states.counts(found),
        "per_aspect": dict(sorted(by_aspect.items())),
    }


def _doubted(answer: tuple[str, ...], rationales: tuple[RationaleRow, ...]) -> bool:
    """A rationale written without the answer in sight that concludes otherwise is a second opinion against it."""
    return any(one.way == "automated" and one.concluded not in (None, answer) for one in rationales)
