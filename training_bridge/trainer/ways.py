"""Ways of writing rationales as material of SFT: the same start, the same steps, an equal count or equal money of each.

    count/rule    as many targets made of answers alone (prompts.target); what the others are compared with
    count/WAY     as many rationales of that way as the rarest one has
    money/WAY     as many as the money buys that all of the cheapest way cost: calls, and a person's time at `sft.wage`

No reinforcement: exact match is measured on the test split right after `sft`. Rationales are drawn by a hash
(stages/telling.py), so the first n of a way are the same in both comparisons of one seed.

Belongs here: which arms, the table. Does not: folders of arms (arms.py), who writes rationales (the release does, or
measure/writers.py for a drawn pool).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from training_bridge.trainer import arms, plan
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder, replace_json, replace_text
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.metrics import paired
from training_bridge.trainer.stages import telling

AGAINST = f"count/{telling.RULE}"


def run(root: Path, *, seeds: int) -> dict[str, Any]:
    """Every arm with every seed, then the table. Finished runs are not repeated; more seeds may be asked for later.

    Raises BadInput where the training questions have rationales of fewer than two ways.
    """
    if seeds < 1:
        raise BadInput("A comparison of ways needs at least one seed.")
    folder = RunFolder(root)
    request = folder.request()
    made = plan.of(request, smoke=request.smoke)
    train = rows.release_rows(folder.release, "train")
    asked = settings(train, wage=made.sft.wage)
    place = root / "ways"
    arms.freeze(place, {"schema": 1, "arms": asked})
    first = arms.begin(folder, made)
    for seed in range(seeds):
        for name, sft in asked.items():
            arm = arms.folder(
                folder, _place(root, name, seed), seed=seed + 1, stages=(*first, "sft", "evaluate"), parts={"sft": sft}
            )
            arms.inherit(folder, arm, first)
            arms.finish(arm, ("sft", "evaluate"))
    result = table(root, asked, seeds=seeds, told=_told(train, asked, made.sft.wage))
    replace_json(place / "table.json", result)
    replace_text(place / "table.md", markdown(result))
    return result


def settings(train: Sequence[QuestionRow], *, wage: float) -> dict[str, dict[str, Any]]:
    """Arm → what it changes in the recipe's part `sft`. Where a way cost nothing, there are no arms at equal money."""
    counts: dict[str, int] = {}
    prices: dict[str, Decimal] = {}
    for one in (rationale for row in train for rationale in row.rationales):
        counts[one.way] = counts.get(one.way, 0) + 1
        prices[one.way] = prices.get(one.way, Decimal(0)) + telling.price(one, wage)
    if len(counts) < 2:
        known = ", ".join(counts) or "none"
        raise BadInput(f"Ways are compared where there are at least two; the training questions have {known}.")
    most, money = min(counts.values()), float(min(prices.values()))
    common = {"without_rationale": "skip"}
    found = {
        f"count/{way}": {**common, "ways": [way], "most": most, "money": 0.0} for way in (telling.RULE, *sorted(counts))
    }
    if money:
        found |= {f"money/{way}": {**common, "ways": [way], "most": 0, "money": money} for way in sorted(counts)}
    return found


def _place(root: Path, arm: str, seed: int) -> Path:
    return root / "ways" / f"seed-{seed}" / arm.replace("/", "-")


def _told(train: Sequence[QuestionRow], asked: Mapping[str, Mapping[str, Any]], wage: float) -> dict[str, int]:
    """How many rationales each arm learns from, by the draw of the first seed."""
    return {
        name: len(telling.chosen(train, plan.Sft(**{**sft, "ways": tuple(sft["ways"]), "wage": wage}), seed=1))
        for name, sft in asked.items()
    }


def table(root: Path, asked: Mapping[str, Any], *, seeds: int, told: Mapping[str, int]) -> dict[str, Any]:
    """Exact match by slice of every arm, each against rule-made targets and the ways among themselves, by seed."""
    tested = arms.tested(root, arms.slices(root))
    values: dict[str, dict[str, list[float]]] = {}
    counted: dict[str, int] = {}
    for arm in asked:
        for seed in range(seeds):
            for name, right in arms.answered(_place(root, arm, seed), tested).items():
                values.setdefault(name, {}).setdefault(arm, []).append(sum(right) / len(right))
                counted[name] = max(counted.get(name, 0), len(right))
    pairs = [(arm, AGAINST) for arm in asked if arm != AGAINST]
    pairs += [
        (left, right)
        for kind in ("count", "money")
        for left, right in [(f"{kind}/answer_driven", f"{kind}/automated")]
        if left in asked and right in asked
    ]
    return {
        "schema": 1,
        "seeds": seeds,
        "questions": counted,
        "told": dict(told),
        "money": next((sft["money"] for arm, sft in asked.items() if arm.startswith("money/")), 0.0),
        "arms": {
            name: {arm: {**paired.spread(found), "runs": [round(one, 4) for one in found]} for arm, found in of.items()}
            for name, of in values.items()
        },
        "differences": {
            name: {f"{left} − {right}": paired.difference(of[left], of[right]) for left, right in pairs}
            for name, of in values.items()
        },
    }


def markdown(result: Mapping[str, Any]) -> str:
    """The table for people."""
    names = list(result["arms"])
    lines = [
        f"{result['seeds']} seeds from one start; equal money is ${result['money']:.2f}. Mean ± deviation over seeds.",
        "",
        "| arm | targets | " + " | ".join(f"exact, {name} ({result['questions'][name]})" for name in names) + " |",
        "|---|---|" + "---|" * len(names),
    ]
    for arm, told in result["told"].items():
        cells = (f"{result['arms'][name][arm]['mean']:.3f} ± {result['arms'][name][arm]['sd']:.3f}" for name in names)
        lines.append(f"| {arm} | {told:,} | {' | '.join(cells)} |")
    lines += ["", "Paired by seed; p by flipping signs:", "", f"| difference | {' | '.join(names)} |"]
    lines.append("|---|" + "---|" * len(names))
    for pair in result["differences"][names[0]]:
        cells = (
            f"{one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}], p {one['p']:.3f}"
            for one in (result["differences"][name][pair] for name in names)
        )
        lines.append(f"| {pair} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
