"""What a reward teaches, computed rather than claimed: incentives, dead groups, what chance earns.

Belongs here: exact enumeration over all sets of four options, and the tables of docs/reference/rewards.md, which
`trainer rewards` prints and a test compares. Pure.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from training_bridge.trainer.rewards.dpa import VARIANTS, Reward, recall

OPTIONS = "ABCD"
EVERY = [frozenset(chosen) for size in range(5) for chosen in combinations(OPTIONS, size)]
NON_EMPTY = EVERY[1:]
ACCURACIES = (0.55, 0.65, 0.75, 0.85, 0.95)
GROUP = 8
MEASURED: dict[str, Reward] = {**VARIANTS, "recall": recall}


def threshold(reward: Reward, *, gold: int, chosen: int) -> float | None:
    """How probable a further letter must be to be worth picking, when `chosen` right ones of `gold` are picked.

    Picking it gives R(chosen + 1 right) with probability p and R(chosen right, 1 wrong) otherwise; not picking gives
    R(chosen right). `None`: it is worth it at no probability, or there is no further letter.
    """
    if chosen >= gold or gold >= len(OPTIONS):
        return None
    right = frozenset(OPTIONS[:gold])
    now = frozenset(OPTIONS[:chosen])
    stay = reward(now, right, len(OPTIONS))
    if_right = reward(now | {OPTIONS[chosen]}, right, len(OPTIONS))
    if_wrong = reward(now | {OPTIONS[-1]}, right, len(OPTIONS))
    if if_right <= if_wrong:
        return None
    return min(1.0, max(0.0, (stay - if_wrong) / (if_right - if_wrong)))


def dead_share(
    reward: Reward, accuracy: float, *, size: int = GROUP, golds: Sequence[frozenset[str]] = tuple(NON_EMPTY)
) -> float:
    """Chance that all `size` answers of a group earn the same, each option judged right with `accuracy` on its own.

    Gold is drawn evenly from `golds`. Real questions differ in difficulty, so true shares are higher.
    """
    total = 0.0
    for gold, times in Counter(golds).items():
        chance: Counter[float] = Counter()
        for picked in EVERY:
            wrong = len(picked ^ gold)
            probability = accuracy ** (len(OPTIONS) - wrong) * (1 - accuracy) ** wrong
            chance[round(reward(picked, gold, len(OPTIONS)), 9)] += probability
        total += times * sum(share**size for share in chance.values())
    return total / len(golds)


def chance(score: Reward) -> dict[str, float]:
    """What policies that never look earn on gold drawn evenly from the non-empty sets; `size_n`: random, |G| = n."""

    def mean(picked: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> float:
        return sum(score(p, g, len(OPTIONS)) for p in picked for g in gold) / (len(picked) * len(gold))

    result = {
        "random": mean(NON_EMPTY, NON_EMPTY),
        "one_letter": mean([frozenset(letter) for letter in OPTIONS], NON_EMPTY),
        "select_all": mean([frozenset(OPTIONS)], NON_EMPTY),
    }
    for size in range(1, 5):
        result[f"size_{size}"] = mean(NON_EMPTY, [gold for gold in NON_EMPTY if len(gold) == size])
    return result


def tables() -> str:
    """The three tables as Markdown, in percent where they are shares."""
    return "\n".join([_thresholds(), _dead(), _chance()])


def _thresholds() -> str:
    places = [(gold, chosen) for gold in (1, 2, 3) for chosen in range(gold)]
    head = [f"{chosen} of {gold}" for gold, chosen in places]
    return _table(
        "Probability above which a further letter is worth picking (right letters picked so far, of how many)",
        head,
        {name: [threshold(reward, gold=g, chosen=c) for g, c in places] for name, reward in MEASURED.items()},
        lambda value: "never" if value is None else f"{value:.2f}",
    )


def _dead() -> str:
    return _table(
        f"Dead groups of {GROUP} answers in %, by how often an option is judged right",
        [f"{accuracy:.2f}" for accuracy in ACCURACIES],
        {name: [dead_share(reward, accuracy) for accuracy in ACCURACIES] for name, reward in MEASURED.items()},
        lambda value: f"{100 * (value or 0.0):.1f}",
    )


def _chance() -> str:
    columns = ("random", "one_letter", "select_all", "size_1", "size_2", "size_3", "size_4")
    heads = ["random set", "one letter", "select all", *(f"random, {n} gold" for n in range(1, 5))]
    return _table(
        "What policies that never look earn in %",
        heads,
        {name: [chance(reward)[column] for column in columns] for name, reward in MEASURED.items()},
        lambda value: f"{100 * (value or 0.0):.1f}",
    )


def _table(
    title: str, head: Sequence[str], rows: Mapping[str, Sequence[float | None]], shown: Callable[[float | None], str]
) -> str:
    lines = [f"**{title}**", "", f"| reward | {' | '.join(head)} |", "|---" * (len(head) + 1) + "|"]
    lines += [f"| `{name}` | {' | '.join(map(shown, values))} |" for name, values in rows.items()]
    return "\n".join(lines) + "\n"
