"""The short list of an evaluation: who answered, how well, beside what chance reaches. One file that others can join.

Belongs here: the list and its table. Does not: scoring (scores.py).
"""

from collections.abc import Mapping
from typing import Any


def of(report: Mapping[str, Any]) -> dict[str, Any]:
    """Models by exact match, trivial policies among them, with what a reader needs to compare with another list."""
    rows = [
        {
            "name": model["name"],
            "kind": model["kind"],
            "answered": model["answered"],
            "exact": model["exact"],
            "chance_corrected": model.get("chance_corrected"),
            "jaccard": model["jaccard"]["value"],
            "f1_macro": model.get("letters", {}).get("f1_macro"),
            "unparsable": model["unparsable"],
            "count_bias": model.get("letters", {}).get("count_bias"),
        }
        for model in report["models"]
    ]
    rows.sort(key=lambda row: (-row["exact"]["value"], row["name"]))
    return {
        "schema": 1,
        "split": report["split"],
        "questions": report["questions"],
        "families": report["families"],
        "reward": report["reward"],
        "best_trivial": report["best_trivial"],
        "human_ceiling": report.get("human_ceiling"),
        "models": [{"rank": rank, **row} for rank, row in enumerate(rows, start=1)],
    }


def table(board: Mapping[str, Any]) -> str:
    """The list as Markdown."""
    lines = [
        f"{board['questions']} questions of {board['families']} families; "
        f"best trivial policy: {board['best_trivial']}.",
        "",
        "| | model | kind | exact match, 95 % | chance-corrected | macro F1 | unparsable | count bias |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in board["models"]:
        exact, corrected = row["exact"], row["chance_corrected"]
        lines.append(
            f"| {row['rank']} | {row['name']} | {row['kind']} "
            f"| {exact['value']:.3f} [{exact['low']:.3f}, {exact['high']:.3f}] "
            f"| {_or_dash(corrected and corrected['value'])} | {_or_dash(row['f1_macro'])} "
            f"| {row['unparsable']:.3f} | {_or_dash(row['count_bias'])} |"
        )
    return "\n".join(lines) + "\n"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
