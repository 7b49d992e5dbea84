"""What lies behind one number: letters, sizes of gold sets, generators, places in the display, agreement of people.

Belongs here: breakdowns of one model's answers. Pure. Does not: the headline scores (scores.py), intervals as such.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from training_bridge.trainer.metrics.intervals import Interval, clustered, wilson
from training_bridge.trainer.metrics.policies import Asked, Picked

Answers = Mapping[str, Picked | None]


def interval(values: Sequence[float], families: Sequence[str]) -> Interval:
    """Clustered bootstrap; Wilson where every question scored the same and a bootstrap would claim certainty."""
    if len(set(values)) == 1 and values[0] in (0.0, 1.0):
        return wilson(sum(values), len(values))
    return clustered(values, families)


def share(values: Sequence[float], families: Sequence[str]) -> dict[str, float]:
    """`n`, and exact match with its interval."""
    rounded = interval(values, families).rounded()
    return {"n": len(values), "exact": rounded["value"], "low": rounded["low"], "high": rounded["high"]}


def by(key: Iterable[str], values: Sequence[float], families: Sequence[str]) -> dict[str, dict[str, float]]:
    """Exact match of every part of the questions; `key` names the part of each question."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(key):
        places.setdefault(name, []).append(place)
    return {
        name: share([values[place] for place in of_part], [families[place] for place in of_part])
        for name, of_part in sorted(places.items())
    }


def letters(questions: Sequence[Asked], answers: Answers) -> dict[str, float | None]:
    """Precision, recall and F1 over single options: micro pools all options, macro averages the F1 of the aspects.

    An unreadable or missing answer picks nothing: it costs recall.
    """
    counted: dict[str, list[int]] = {}
    sizes = []
    for asked in questions:
        picked = answers.get(asked.question) or frozenset()
        sums = counted.setdefault(asked.aspect, [0, 0, 0])
        for place, count in enumerate((picked & asked.gold, picked - asked.gold, asked.gold - picked)):
            sums[place] += len(count)
        if answers.get(asked.question) is not None:
            sizes.append(len(picked) - len(asked.gold))
    right, wrong, missed = (sum(sums[place] for sums in counted.values()) for place in range(3))
    of_aspects = [_f1(*sums) for sums in counted.values()]
    known = [value for value in of_aspects if value is not None]
    return {
        "precision": _ratio(right, right + wrong),
        "recall": _ratio(right, right + missed),
        "f1_micro": _f1(right, wrong, missed),
        "f1_macro": round(sum(known) / len(known), 4) if known else None,
        # Letters named beyond those of the gold set, on average: above 0 names too many.
        "count_bias": round(sum(sizes) / len(sizes), 4) if sizes else None,
    }


def by_generator(questions: Sequence[Asked], answers: Answers) -> dict[str, dict[str, float | None]]:
    """Single candidates by the generator that made them: how many, share judged right, recall of defects.

    Exact match belongs to a question, and its candidates may come from several generators.
    """
    counted: dict[str, list[int]] = {}
    for asked in questions:
        picked = answers.get(asked.question)
        for slot, generator in asked.generators:
            sums = counted.setdefault(generator or "unknown", [0, 0, 0, 0])
            defect = slot in asked.gold
            sums[0] += 1
            sums[1] += picked is not None and (slot in picked) == defect
            sums[2] += defect
            sums[3] += defect and picked is not None and slot in picked
    return {
        generator: {"n": n, "per_option": _ratio(right, n), "defects": defects, "recall": _ratio(found, defects)}
        for generator, (n, right, defects, found) in sorted(counted.items())
    }


def position_bias(
    questions: Sequence[Asked], answers: Answers, shown: Mapping[str, Mapping[str, str]]
) -> dict[str, float]:
    """For each letter: how much more often it was picked than it was right, as a share of the readable answers.

    `shown` gives for a question which letter showed which slot. Letters are drawn evenly, so a policy without a taste
    for places has values near 0 everywhere.
    """
    chosen, right, count = _by_letter(questions, answers, shown)
    return {letter: round((chosen[letter] - right[letter]) / count, 4) for letter in sorted(chosen)}


def habits(
    questions: Sequence[Asked], answers: Answers, shown: Mapping[str, Mapping[str, str]]
) -> dict[str, float | dict[str, float] | None]:
    """How a model answers, whatever is right: too few or too many candidates, and the letters it names.

    `too_few` and `too_many` are shares of the readable answers, by the size of the set alone. `chosen` says how the
    letters it named are spread, `right` how those of the gold sets are; each adds up to 1 over the letters.
    """
    given = ((answers.get(asked.question), asked.gold) for asked in questions)
    sizes = [len(picked) - len(gold) for picked, gold in given if picked is not None]
    chosen, right, _ = _by_letter(questions, answers, shown)
    return {
        "too_few": _ratio(sum(size < 0 for size in sizes), len(sizes)),
        "too_many": _ratio(sum(size > 0 for size in sizes), len(sizes)),
        "chosen": _spread(chosen),
        "right": _spread(right),
    }


def human_ceiling(questions: Sequence[Asked]) -> dict[str, float] | None:
    """How far people agree on the questions that at least two of them answered; `None` where there is no such one.

    Agreement between people, not accuracy: a model that matches the consensus more often than people match each other
    has learnt the consensus.
    """
    doubly = [asked for asked in questions if asked.opinions >= 2 and asked.agreement is not None]
    if not doubly:
        return None
    values = [float(asked.agreement or 0.0) for asked in doubly]
    found = interval(values, [asked.family for asked in doubly]).rounded()
    return {"n": len(doubly), **found}


def _by_letter(
    questions: Sequence[Asked], answers: Answers, shown: Mapping[str, Mapping[str, str]]
) -> tuple[Counter[str], Counter[str], int]:
    """How often each letter was picked and was right, and in how many readable answers whose letters are known."""
    chosen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    count = 0
    for asked in questions:
        picked = answers.get(asked.question)
        letters_of = shown.get(asked.question)
        if picked is None or letters_of is None:
            continue
        count += 1
        for slot, letter in letters_of.items():
            chosen[letter] += slot in picked
            right[letter] += slot in asked.gold
    return chosen, right, count


def _spread(counted: Counter[str]) -> dict[str, float]:
    return {letter: round(count / (counted.total() or 1), 4) for letter, count in sorted(counted.items())}


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _f1(right: int, wrong: int, missed: int) -> float | None:
    return round(2 * right / (2 * right + wrong + missed), 4) if right + wrong + missed else None
