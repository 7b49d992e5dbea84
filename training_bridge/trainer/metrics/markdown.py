"""The report of an evaluation as Markdown. Every number in it stands in the report (scores.py)."""

from collections.abc import Mapping
from typing import Any


def table(result: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    lines = [
        f"{result['questions']} questions of {result['families']} families, split {result['split']}; "
        "95 % intervals by drawing families again.",
        *(f"**{warning}**" for warning in result.get("warnings", ())),
        "",
        "| model | exact match | chance-corrected | Jaccard | per option | unparsable | mean set |",
        "|---|---|---|---|---|---|---|",
    ]
    for model in sorted(result["models"], key=lambda model: -model["exact"]["value"]):
        exact, overlap = model["exact"], model["jaccard"]
        mark = " (ours)" if model["name"] == result["primary"] else ""
        size = "–" if model["set_size"] is None else f"{model['set_size']:.2f}"
        lines.append(
            f"| {model['name']}{mark} | {exact['value']:.3f} [{exact['low']:.3f}, {exact['high']:.3f}] "
            f"| {_signed(model.get('chance_corrected'))} | {overlap['value']:.3f} | {model['per_option']:.3f} "
            f"| {model['unparsable']:.3f} | {size} |"
        )
    aspects = list(result["models"][0]["per_aspect"])
    lines += ["", "Exact match by aspect:", "", f"| model | {' | '.join(aspects)} |", "|---|" + "---|" * len(aspects)]
    for model in sorted(result["models"], key=lambda model: -model["exact"]["value"]):
        cells = (f"{model['per_aspect'][aspect]['exact']:.3f}" for aspect in aspects)
        lines.append(f"| {model['name']} | {' | '.join(cells)} |")
    if result["comparisons"]:
        lines += [
            "",
            "| ours against | difference in exact match | McNemar p | questions needed |",
            "|---|---|---|---|",
        ]
        for row in result["comparisons"]:
            p = "–" if row["mcnemar_p"] is None else f"{row['mcnemar_p']:.2g}"
            lines.append(
                f"| {row['with']} | {row['difference']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}] | {p} "
                f"| {row.get('needed') or '–'} |"
            )
    lines += _behind(result)
    return "\n".join(lines) + "\n"


def _behind(result: Mapping[str, Any]) -> list[str]:
    """What the trained model was asked besides: other letter orders, hidden pictures, several samples; people."""
    lines: list[str] = []
    sizes = sorted({size for model in result["models"] for size in model.get("per_gold_size", {})})
    if sizes:
        lines += ["", "Exact match by size of the gold set:", "", f"| model | {' | '.join(sizes)} |"]
        lines += ["|---|" + "---|" * len(sizes)]
        for model in result["models"]:
            if model["kind"] != "trivial":
                cells = (f"{model['per_gold_size'][size]['exact']:.3f}" for size in sizes)
                lines.append(f"| {model['name']} | {' | '.join(cells)} |")
    if ceiling := result.get("human_ceiling"):
        lines += [
            "",
            f"People agree with each other on {ceiling['value']:.3f} of {ceiling['n']} doubly answered questions.",
        ]
    if agreed := result.get("rationale_agreement"):
        lines += [
            "",
            f"The answer is what the rationale concludes in {agreed['value']:.3f} of {agreed['n']} rationales.",
        ]
    if rotated := result.get("rotations"):
        lines += [
            "",
            f"Right under all {rotated['orders']} letter orders: {rotated['all_right']['value']:.3f}; "
            f"the same set under all: {rotated['same']:.3f}.",
        ]
    if sampled := result.get("samples"):
        passes = ", ".join(f"pass@{k} {value:.3f}" for k, value in sampled["pass_at"].items())
        lines += ["", f"{passes}, majority of {sampled['samples']} {sampled['majority']['value']:.3f}."]
    for name, words in (("no_pictures", "every picture"), ("no_original", "the original")):
        if hidden := result.get("controls", {}).get(name):
            lines += [
                "",
                f"With {words} hidden: {hidden['exact']['value']:.3f}, a loss of {hidden['cost']['value']:+.3f}.",
            ]
    return lines


def _signed(found: Mapping[str, float] | None) -> str:
    return "–" if found is None else f"{found['value']:+.3f}"
