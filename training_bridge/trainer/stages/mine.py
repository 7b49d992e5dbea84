"""The mining pass: what does the policy get wrong now? Sampled answers to training questions, written to the ledger.

Then the states of all questions are told: as counts in the events, one line a question in `mining/questions.jsonl`.
"""

from collections.abc import Iterable

from training_bridge.trainer.contract.folder import replace_text
from training_bridge.trainer.contract.reading import compact
from training_bridge.trainer.contract.rows import RationaleRow
from training_bridge.trainer.mining import ledger, order, states, weights
from training_bridge.trainer.mining.ledger import Ledger, Visit
from training_bridge.trainer.mining.states import State
from training_bridge.trainer.rewards.dpa import VARIANTS
from training_bridge.trainer.stages.answers import ask
from training_bridge.trainer.stages.context import Context
from training_bridge.trainer.stages.rollouts import figures, judged


def mine(context: Context) -> None:
    plan, material = context.plan, context.material
    settings = plan.mine
    model, processor = context.load("grpo")
    train = [row.question for row in material.splits["train"]]
    # Another seed than that of `grpo`: the pass should not look first at what was just trained on.
    chosen = order.uniform(train, length=min(settings.questions, len(train)), seed=plan.seed + 1)
    done = {row.question for row in ledger.read(context.folder.root) if row.stage == "mine"}
    rows = [material.by_id[name] for name in chosen if name not in done]
    material.load(rows)
    reward = VARIANTS[plan.hard.reward]
    memory = Ledger(context.folder.root)
    visits: list[Visit] = []
    unreadable = 0
    for number, (row, answers) in enumerate(
        ask(
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
        results = [judged(row, material.letters(row), text, reward) for text, _ in answers]
        unreadable += sum(not strict for _, _, strict in results)
        visits.append(
            Visit(
                question=row.question,
                run=context.request.run,
                stage="mine",
                step=number,
                policy="grpo",
                source="mining",
                rewards=tuple(value or 0.0 for _, value, _ in results),
                exact=tuple(picked == row.gold for picked, _, _ in results),
                picked=tuple(picked for picked, _, _ in results),
                tokens=tuple(length for _, length in answers),
            )
        )
        memory.append(visits[-1:])
        if number % settings.batch == 0 or number == len(rows):
            share = unreadable / (number * settings.generations)
            context.step(number, len(rows), **figures(visits[-settings.batch :], material.by_id, unparsable=share))
    memory.close()
    tell(context)


def states_of(context: Context, visits: Iterable[Visit]) -> dict[str, State]:
    """The state of every training question after these visits."""
    material, thresholds = context.material, context.plan.states
    found = list(visits)
    train = material.splits["train"]
    often = _oversampled(context, found)
    standing = ledger.standings([row.question for row in train], found, oversampled=often)
    return states.states(
        standing,
        thresholds,
        agreements={row.question: row.agreement for row in train},
        wrong_elsewhere=frozenset(row.question for row in train if _doubted(row.answer, row.rationales)),
    )


def tell(context: Context) -> None:
    """Write where every visited question stands, and the counts as an event."""
    material, plan = context.material, context.plan
    visits = list(ledger.read(context.folder.root))
    found = states_of(context, visits)
    weighed = weights.weights(found, plan.weights)
    standing = ledger.standings(list(found), visits)
    lines = []
    for name, one in standing.items():
        if not one.visits:
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
                    "exact_rate": round(one.right / one.rollouts, 4),
                    "mean_reward": round(one.mean_reward, 4),
                    "dead_visits": one.dead_in_a_row,
                    "common_wrong": None if wrong is None else sorted(wrong),
                    "common_wrong_share": round(share, 4),
                    "weight": weighed[name],
                }
            )
        )
    replace_text(context.folder.mining / "questions.jsonl", "".join(line + "\n" for line in lines))
    context.journal.event("states", stage=context.stage, counts=states.counts(found))


def _oversampled(context: Context, visits: list[Visit]) -> dict[str, float]:
    """Questions that the hard stage brought back more often than a uniform draw over the same visits would have."""
    seen: dict[str, int] = {}
    for row in visits:
        if row.stage == "hard":
            seen[row.question] = seen.get(row.question, 0) + 1
    mean = sum(seen.values()) / len(seen) if seen else 1.0
    return {name: count / mean for name, count in seen.items()}


def _doubted(answer: tuple[str, ...], rationales: tuple[RationaleRow, ...]) -> bool:
    """A rationale written without the answer in sight that concludes otherwise is a second opinion against it."""
    return any(one.way == "automated" and one.concluded not in (None, answer) for one in rationales)
