"""What all stages of a run share: its rows, its pictures, its letters, and the datasets made of them.

Belongs here: reading the run folder once, prompts with pictures for any question. Does not: training.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from datasets import Dataset
from PIL import Image

from training_bridge.trainer import letters, prompts
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.reading import read_lines
from training_bridge.trainer.contract.rows import PoolRow, QuestionRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.pictures import Pictures, WholePictures
from training_bridge.trainer.plan import Plan

GREY = (128, 128, 128)


def reinforced(train: list[QuestionRow], plan: Plan) -> list[QuestionRow]:
    """Of the training questions those that reinforcement draws from. Raises BadInput where there are none."""
    if plan.reinforced.questions == "all":
        return train
    unexplained = [row for row in train if not row.rationales]
    if not unexplained:
        raise BadInput("Every training question has a rationale; set reinforced.questions to all.")
    return unexplained


def _paths(questions: Iterable[QuestionRow]) -> list[str]:
    return [path for row in questions for path in (row.original, *(each.path for each in row.candidates))]


def _check_there(folder: RunFolder, questions: Iterable[QuestionRow]) -> None:
    """Raises BadInput where pictures are missing. What is in them is looked at when they are read."""
    paths = sorted(set(_paths(questions)))
    missing = [path for path in paths if not folder.picture(path).exists()]
    if missing:
        raise BadInput(
            f"Of the release's {len(paths)} pictures {len(missing)} are missing, {missing[0]} first; "
            "copy the run's images again."
        )


class Material:
    """The inputs of a run, read once."""

    def __init__(self, folder: RunFolder, plan: Plan, tick: Callable[[str, int, int], None]) -> None:
        self.folder, self.plan, self._tick = folder, plan, tick
        self.splits = {split: rows.release_rows(folder.release, split) for split in rows.SPLITS}
        needed = [split for split, needs in (("train", plan.last), ("test", "evaluate" in plan.stages)) if needs]
        for split in needed:
            if not self.splits[split]:
                raise BadInput(f"The release has no question in its {split} split; cut one from more samples.")
        rows.check_families(self.splits)
        # Before hours are spent on the stages that come before the one that would miss a picture.
        _check_there(folder, [row for split in {*needed, "validation"} for row in self.splits[split]])
        self.by_id = {row.question: row for questions in self.splits.values() for row in questions}
        self.words = prompts.defect_words(row.aspect for row in self.splits["train"])
        self.pictures: Pictures | WholePictures = (
            WholePictures(folder, plan.model.picture) if plan.model.source else Pictures(folder, plan.shape.side)
        )

    def reinforced(self) -> list[QuestionRow]:
        """The training questions that reinforcement draws from."""
        return reinforced(self.splits["train"], self.plan)

    def pool(self) -> list[PoolRow]:
        if not self.folder.pool.exists():
            raise BadInput("pool/pool.jsonl is missing; a recipe that pretrains needs drawn scenes to see first.")
        scenes = [rows.pool_row(line) for line in read_lines(self.folder.pool)]
        if not scenes:
            raise BadInput("pool/pool.jsonl is empty; a recipe that pretrains needs drawn scenes to see first.")
        return scenes

    def load(self, questions: Sequence[QuestionRow], scenes: Sequence[PoolRow] = ()) -> None:
        """Decode the pictures of these rows."""
        paths = _paths(questions)
        paths += [row.original for row in scenes] + [path for row in scenes for path in row.candidates.values()]
        for done, wanted in self.pictures.load(paths):
            self._tick("reading pictures", done, wanted)

    def some(self, split: str, most: int) -> list[QuestionRow]:
        """`most` questions of a split (0: all), the same ones each time."""
        questions = self.splits[split]
        if not most or most >= len(questions):
            return list(questions)
        return random.Random(f"{self.plan.seed}/{split}").sample(questions, most)

    def letters(self, row: QuestionRow, turn: int = 0) -> dict[str, str]:
        return letters.drawn(row.question, row.slots, self.plan.seed, turn)

    def question(self, row: QuestionRow, turn: int = 0) -> dict[str, Any]:
        """A question as TRL wants it: a conversational prompt, and its pictures in order."""
        return self.put(row, self.letters(row, turn))

    def put(self, row: QuestionRow, shown: Mapping[str, str]) -> dict[str, Any]:
        """The same with the letters given."""
        prompt, paths = prompts.question(row, shown, wording=self.plan.wording.prompt)
        return {"prompt": prompt, "images": [self.pictures.image(path) for path in paths]}

    def without_pictures(self, row: QuestionRow) -> dict[str, Any]:
        """A control: the same words, and every picture grey. What is still answered right needs no pictures."""
        made = self.question(row)
        return {**made, "images": [Image.new("RGB", image.size, GREY) for image in made["images"]]}

    def without_original(self, row: QuestionRow) -> dict[str, Any]:
        """A control: the original is grey, so that candidates can only be judged by themselves."""
        made = self.question(row)
        original, *candidates = made["images"]
        return {**made, "images": [Image.new("RGB", original.size, GREY), *candidates]}

    def dataset(self, entries: Sequence[dict[str, Any]], make: Callable[[dict[str, Any]], dict[str, Any]]) -> Dataset:
        """Rows made when they are asked for: a picture is held once, whatever the number of questions about it."""

        def batch(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
            size = len(next(iter(columns.values())))
            made = [make({key: values[place] for key, values in columns.items()}) for place in range(size)]
            return {key: [row[key] for row in made] for key in made[0]}

        return Dataset.from_list(list(entries)).with_transform(batch)
