"""How much a model judge finds, how often it is wrong about sound texts, and which way it leans.

`--size N` synthesised questions whose painted defects are known. Each has a sound rationale and, where they fit, six
faults planted by rule. The judge gets the project's own judge prompt with the pictures: recall by fault, and vetoes of
sound texts, with 95 % intervals (Wilson). Then the same texts with one thing changed: padded, the fault at the end, the
settled answer shown, the judged model's own words; and two texts side by side: twice the same, a padded one, its own.
A bias is called found when its p stays below .05 divided by the number of probes (exact sign test).

Without `--endpoint` a judge without a model answers, with the errors and leanings that `--lean` plants: does this
benchmark find what is there, and nothing where nothing is? With it any OpenAI-compatible server does:
`--endpoint https://host/v1 --model NAME --input-price 0.15 --output-price 0.60 --cap 5`, the key in `JUDGE_KEY`. It
stops before it would pass the cap. `--out FILE` is what `record_judge` shows beside the judge's verdicts in a project.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import django

django.setup()

from benchmarks import _judge_cases as cases_of  # noqa: E402  (Django must be set up first)
from benchmarks._figures import Figures  # noqa: E402  (as above)
from benchmarks._judge_asking import CeilingReached, Judge  # noqa: E402  (as above)
from benchmarks._judge_cases import FAULTS, Case  # noqa: E402  (as above)
from benchmarks._planted_judge import Leanings, PlantedJudge  # noqa: E402  (as above)
from cot_generation.money import Price  # noqa: E402  (as above)
from cot_generation.providers import openai_compatible  # noqa: E402  (as above)
from cot_generation.providers.answers import Target  # noqa: E402  (as above)
from training_bridge.trainer.metrics.intervals import (  # noqa: E402  (as above)
    Interval,
    clustered,
    mcnemar,
    paired_difference,
    wilson,
)

Said = dict[str, bool | None]  # what was asked -> vetoed, or that text chosen; None without a verdict

# What differs -> (with it, without it): the change of the veto rate.
EFFECTS = {
    "padded_faulty": ("padded/faulty", "faulty"),
    "padded_sound": ("padded/sound", "sound"),
    "fault_last": ("ends", "begins"),
    "settled_faulty": ("settled/faulty", "faulty"),
    "settled_sound": ("settled/sound", "sound"),
    "own_faulty": ("own/faulty", "flipped"),
    "own_sound": ("own/sound", "sound"),
}
# Which of two texts is taken -> what was asked, in both orders where there are two.
CHOICES = {
    "first_of_two": ("two/first",),
    "longer_of_two": ("two/longer first", "two/longer second"),
    "own_of_two": ("two/own first", "two/own second"),
}
PROBES = len(EFFECTS) + len(CHOICES)


@dataclass(frozen=True)
class Bias:
    """`interval` of a difference of veto rates, or of a share of choices less one half."""

    name: str
    interval: Interval
    p: float
    count: int

    @property
    def found(self) -> bool:
        return self.p < 0.05 / PROBES


async def look(judge: Judge, case: Case, number: int) -> Said:
    """Everything that is asked about one question."""

    async def vetoed(text: cases_of.Sentences, *, settled: bool = False) -> bool | None:
        sound = await judge.sound(case, text, settled=settled)
        return None if sound is None else not sound

    said: Said = {"sound": await vetoed(case.sound)}
    texts = {kind: text for kind in FAULTS if (text := cases_of.planted(case, kind)) is not None}
    for kind, text in texts.items():
        said[f"fault/{kind}"] = await vetoed(text)
    kinds = list(texts)
    kind = kinds[number % len(kinds)]
    said["faulty"] = said[f"fault/{kind}"]
    said["padded/sound"] = await vetoed(cases_of.padded(case.sound))
    said["padded/faulty"] = await vetoed(cases_of.padded(texts[kind]))
    said["settled/sound"] = await vetoed(case.sound, settled=True)
    said["settled/faulty"] = await vetoed(texts[kind], settled=True)
    turned = "clears a defect" if case.answer else "faults a clean one"
    place = cases_of.changed_at(case, texts[turned])
    assert place is not None
    said["begins"] = await vetoed(cases_of.moved(texts[turned], place, to_front=True))
    said["ends"] = await vetoed(cases_of.moved(texts[turned], place, to_front=False))
    said["two/first"] = await judge.first_chosen(case, case.sound, case.sound)
    longer = cases_of.padded(case.sound)
    said["two/longer first"] = await judge.first_chosen(case, longer, case.sound)
    said["two/longer second"] = await _second_chosen(judge, case, case.sound, longer)
    if (own := await judge.own(case, case.answer)) is not None:
        said["own/sound"] = await vetoed(own)
        said["two/own first"] = await judge.first_chosen(case, own, case.sound)
        said["two/own second"] = await _second_chosen(judge, case, case.sound, own)
    wrong = frozenset(each.slot for each in texts[turned] if each.defect and each.slot)
    if (own := await judge.own(case, wrong)) is not None:
        said["own/faulty"], said["flipped"] = await vetoed(own), said[f"fault/{turned}"]
    return said


async def _second_chosen(judge: Judge, case: Case, *texts: cases_of.Sentences) -> bool | None:
    first = await judge.first_chosen(case, texts[0], texts[1])
    return None if first is None else not first


async def look_at_all(judge: Judge, cases: Sequence[Case]) -> list[Said]:
    """One a question that was looked at to its end; fewer than asked for where the cap was reached."""
    found = await asyncio.gather(
        *(look(judge, case, number) for number, case in enumerate(cases)), return_exceptions=True
    )
    for each in found:
        if isinstance(each, BaseException) and not isinstance(each, CeilingReached):
            raise each
    return [each for each in found if not isinstance(each, BaseException)]


def rate(found: Sequence[Said], *names: str) -> tuple[int, int]:
    """Vetoes, and verdicts."""
    values = [said[name] for said in found for name in names if said.get(name) is not None]
    return sum(map(bool, values)), len(values)


def biases(found: Sequence[Said]) -> list[Bias]:
    """Every probe that has a pair."""
    seen = []
    for name, (changed, plain) in EFFECTS.items():
        pairs = [
            (place, bool(said[changed]), bool(said[plain]))
            for place, said in enumerate(found)
            if said.get(changed) is not None and said.get(plain) is not None
        ]
        if pairs:
            left, right = [each[1] for each in pairs], [each[2] for each in pairs]
            places = [str(each[0]) for each in pairs]
            interval = paired_difference(list(map(float, left)), list(map(float, right)), places)
            seen.append(Bias(name, interval, mcnemar(left, right), len(pairs)))
    for name, asked in CHOICES.items():
        both = [[bool(said[each]) for each in asked] for said in found if all(said.get(e) is not None for e in asked)]
        if both:
            shares = [sum(each) / len(each) - 0.5 for each in both]
            # In both orders and once each is no leaning; what is left is a sign test.
            won, lost = [share > 0 for share in shares], [share < 0 for share in shares]
            seen.append(
                Bias(name, clustered(shares, [str(n) for n in range(len(shares))]), mcnemar(won, lost), len(shares))
            )
    return seen


def report(found: Sequence[Said], figures: Figures, **about: object) -> dict[str, object]:
    """Prints every figure; returns them as the record that a project keeps of its judge."""

    def share(figure: str, counted: tuple[int, int], **more: object) -> dict[str, float] | None:
        hits, of = counted
        if not of:
            return None
        interval = wilson(hits, of).rounded()
        figures.add(figure, interval["value"], "share", low=interval["low"], high=interval["high"], of=of, **more)
        return {**interval, "of": of}

    kinds = [f"fault/{kind}" for kind in FAULTS]
    recall = share("judge.recall", rate(found, *kinds), **about)
    by_kind = {kind: share("judge.recall_of_fault", rate(found, f"fault/{kind}"), fault=kind) for kind in FAULTS}
    alarms = share("judge.false_alarms", rate(found, "sound"))
    seen = biases(found)
    for each in seen:
        interval = each.interval.rounded()
        figures.add(
            "judge.bias", interval["value"], "share", probe=each.name, low=interval["low"], high=interval["high"],
            p=round(each.p, 6), pairs=each.count, found=each.found,
        )  # fmt: skip
    return {
        "recall": recall,
        "by_kind": {kind: share for kind, share in by_kind.items() if share is not None},
        "false_alarms": alarms,
        "biases": [{"name": each.name, **each.interval.rounded()} for each in seen if each.found],
        "questions": len(found),
    }


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200, help="questions; about 24 calls each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--side", type=int, default=256, help="pixels of a picture's side")
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    parser.add_argument("--out", type=Path, help="a file for record_judge")
    names = ", ".join(each.name for each in fields(Leanings))
    parser.add_argument("--lean", nargs="*", default=[], metavar="NAME=SHARE", help=f"what is planted: {names}")
    parser.add_argument("--endpoint", help="base URL of an OpenAI-compatible server, with /v1")
    parser.add_argument("--model", default="planted")
    parser.add_argument("--input-price", type=Decimal, help="USD a million tokens; 0 for a server of your own")
    parser.add_argument("--output-price", type=Decimal, help="the same for tokens that it writes")
    parser.add_argument("--cap", type=Decimal, help="USD at most")
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--text", action="store_true", help="for servers that know no response_format")
    given = parser.parse_args()
    if given.endpoint and None in (given.cap, given.input_price, given.output_price):
        parser.error("an endpoint needs --cap, --input-price and --output-price")
    if given.endpoint and not os.environ.get("JUDGE_KEY"):
        parser.error("put the endpoint's key into JUDGE_KEY")
    leanings = Leanings(**{name: float(value) for name, _, value in (each.partition("=") for each in given.lean)})
    cases = [cases_of.case(number, seed=given.seed, side=given.side) for number in range(given.size)]
    price = Price(given.input_price or Decimal(0), given.output_price or Decimal(0))

    async def run() -> tuple[Judge, list[Said]]:
        if not given.endpoint:
            planted = PlantedJudge(cases, leanings, seed=given.seed)
            nowhere = Target("", "")
            judge = Judge(planted.ask, nowhere, given.model, price, Decimal(1), at_once=given.at_once, hints=True)
            return judge, await look_at_all(judge, cases)
        async with openai_compatible.opened() as ask:
            target = Target(given.endpoint, os.environ["JUDGE_KEY"])
            judge = Judge(ask, target, given.model, price, given.cap, at_once=given.at_once, json_mode=not given.text)
            return judge, await look_at_all(judge, cases)

    judge, found = asyncio.run(run())
    name = f"judge-{given.model}" + ("-leaning" if given.lean else "")
    figures = Figures(name.replace("/", "-"), write=given.write)
    record = report(found, figures, model=given.model, planted=vars(leanings) if not given.endpoint else None)
    figures.add("judge.calls", judge.calls, "calls", unanswered=judge.unanswered, spent_usd=str(judge.spent))
    if len(found) < len(cases):
        print(f"The cap was reached: {len(found)} of {len(cases)} questions were looked at.", file=sys.stderr)
    if given.out:
        measured = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "model": given.model, **record}
        given.out.write_text(json.dumps(measured, indent=1) + "\n")
    figures.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
