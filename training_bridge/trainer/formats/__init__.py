"""The test split as a benchmark of other evaluation tools: VLMEvalKit and lmms-eval.

Belongs here: one folder a tool, with the questions, links to the pictures, and the glue that the tool loads; both read
answers by our own `completions.py`, which is copied beside, so that a score there is a score here. Written to the
tools' documented schemas (VLMEvalKit docs/en/Development.md and vlmeval/dataset/image_base.py; lmms-eval
docs/task_guide.md). Does not: running them.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from training_bridge.trainer import completions as reading
from training_bridge.trainer import letters, prompts
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.errors import BadInput

ASK = (
    "Think first, then end with the letters of all candidates that have the defect, or with none, in this form: "
    "<think>your reasoning</think><answer>B, D</answer>"
)


def write(folder: RunFolder, tool: str, out: Path, *, seed: int) -> int:
    """The benchmark of one tool in a new folder; how many questions. Raises BadInput."""
    if out.exists():
        raise BadInput(f"{out} exists; name a folder that does not, so that nothing is overwritten.")
    questions = rows.release_rows(folder.release, "test")
    if not questions:
        raise BadInput("The release has no question in its test split.")
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    shutil.copyfile(str(reading.__file__), part / "loupe_answers.py")
    _tools()[tool](folder, questions, part, seed)
    part.rename(out)
    return len(questions)


def tools() -> list[str]:
    return list(_tools())


def _tools() -> dict[str, Callable[[RunFolder, list[QuestionRow], Path, int], None]]:
    from training_bridge.trainer.formats import lmms_eval, vlmevalkit

    return {"vlmevalkit": vlmevalkit.write, "lmms-eval": lmms_eval.write}


def asked(folder: RunFolder, row: QuestionRow, seed: int) -> dict[str, Any]:
    """What both tools need of a question: its parts in order, with absolute paths of pictures, and gold as letters."""
    shown = letters.drawn(row.question, row.slots, seed)
    messages, paths = prompts.question(row, shown, wording="full")
    waiting = iter(paths)
    parts: list[dict[str, str]] = []
    for part in messages[0]["content"]:
        if part["type"] == "image":
            parts.append({"type": "image", "value": str(folder.picture(next(waiting)).absolute())})
        else:
            parts.append({"type": "text", "value": part["text"]})
    parts.append({"type": "text", "value": f"\n{ASK}"})
    return {
        "question": row.question,
        "parts": parts,
        "options": sorted(shown.values()),
        "answer": ", ".join(sorted(shown[slot] for slot in row.answer)) or reading.NONE,
        "aspect": row.aspect,
        "family": row.family_id,
    }
