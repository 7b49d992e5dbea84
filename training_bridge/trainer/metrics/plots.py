"""Two pictures of an evaluation: everybody with intervals beside the trivial policies, and exact match by aspect.

By matplotlib, as SVG. Where it is not installed (a GPU node with its own environment) the numbers stand without.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

COLOURS = {"trained": "#1971c2", "stage": "#74c0fc", "endpoint": "#9c36b5", "trivial": "#adb5bd"}


def draw(report: Mapping[str, Any], folder: Path) -> list[Path]:
    """Both plots; returns the files written, none without matplotlib."""
    try:
        import matplotlib
    except ImportError:
        return []
    matplotlib.use("Agg")
    # The same report gives the same bytes.
    matplotlib.rcParams["svg.hashsalt"] = "loupe"
    return [_everybody(report, folder / "leaderboard.svg"), _by_aspect(report, folder / "aspects.svg")]


def _everybody(report: Mapping[str, Any], file: Path) -> Path:
    from matplotlib.figure import Figure

    models = sorted(report["models"], key=lambda model: model["exact"]["value"])
    figure = Figure(figsize=(7, 0.6 + 0.32 * len(models)), layout="constrained")
    axes = figure.subplots()
    for place, model in enumerate(models):
        exact = model["exact"]
        spread = [[exact["value"] - exact["low"]], [exact["high"] - exact["value"]]]
        axes.barh(place, exact["value"], color=COLOURS.get(model["kind"], "#868e96"), height=0.7)
        axes.errorbar(exact["value"], place, xerr=spread, color="#212529", capsize=3, linewidth=1)
    best = next(model for model in models if model["name"] == report["best_trivial"])
    axes.axvline(best["exact"]["value"], color="#868e96", linestyle="--", linewidth=1)
    axes.set_yticks(range(len(models)), [model["name"] for model in models])
    axes.set(xlim=(0, 1), xlabel=f"exact match on {report['questions']} questions, 95 % intervals by family")
    return _saved(figure, file)


def _by_aspect(report: Mapping[str, Any], file: Path) -> Path:
    from matplotlib.figure import Figure

    shown = [m for m in report["models"] if m["kind"] != "trivial" or m["name"] == report["best_trivial"]]
    aspects = list(shown[0]["per_aspect"])
    figure = Figure(figsize=(max(6.0, 1.6 * len(aspects)), 3.6), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(shown)
    for place, model in enumerate(shown):
        of = [model["per_aspect"][aspect] for aspect in aspects]
        at = [number + (place - (len(shown) - 1) / 2) * width for number in range(len(aspects))]
        spread = [[one["exact"] - one["low"] for one in of], [one["high"] - one["exact"] for one in of]]
        axes.bar(at, [one["exact"] for one in of], width, yerr=spread, capsize=2, label=model["name"])
    axes.set_xticks(range(len(aspects)), [aspect.replace("_", "\n") for aspect in aspects])
    axes.set(ylim=(0, 1), ylabel="exact match")
    axes.legend(fontsize="small", frameon=False)
    return _saved(figure, file)


def _saved(figure: Any, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.stem}.part.svg")
    figure.savefig(part, metadata={"Date": None})
    part.replace(file)
    return file
