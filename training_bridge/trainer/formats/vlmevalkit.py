"""VLMEvalKit: one TSV (`index image_path question answer category split`, and ours) and a dataset class for it."""

import csv
import json
from pathlib import Path

from training_bridge.trainer import formats
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.rows import QuestionRow

FIELDS = ("index", "image_path", "question", "answer", "category", "split", "options", "parts", "family", "loupe_id")

GLUE = '''"""Loupe's test split for VLMEvalKit. Written by `trainer benchmark`; add this folder to PYTHONPATH and

    from loupe_vlmevalkit import LoupeDataset

then register it in vlmeval/dataset/__init__.py like any other image dataset.
"""

import json
from pathlib import Path

import pandas as pd
from vlmeval.dataset.image_base import ImageBaseDataset
from vlmeval.smp import dump, load

import loupe_answers

HERE = Path(__file__).parent


class LoupeDataset(ImageBaseDataset):
    TYPE = "VQA"
    DATASET_URL = {"Loupe": ""}
    DATASET_MD5 = {"Loupe": None}

    def load_data(self, dataset):
        return pd.read_csv(HERE / "Loupe.tsv", sep="\\t", keep_default_na=False)

    def build_prompt(self, line):
        if isinstance(line, int):
            line = self.data.iloc[line]
        return json.loads(line["parts"])

    def evaluate(self, eval_file, **judge_kwargs):
        answered = load(eval_file)
        exact, unreadable = [], 0
        for line in answered.to_dict("records"):
            options = json.loads(line["options"])
            found = loupe_answers.read(str(line["prediction"]), options).letters
            gold = loupe_answers.read(f"<answer>{line['answer']}</answer>", options).letters
            unreadable += found is None
            exact.append(float(found == gold))
        answered["exact"] = exact
        overall = {"exact": sum(exact) / len(exact), "unparsable": unreadable / len(exact), "questions": len(exact)}
        overall.update(answered.groupby("category")["exact"].mean().to_dict())
        dump(pd.DataFrame([overall]), str(eval_file).rsplit(".", 1)[0] + "_score.csv")
        return overall
'''


def write(folder: RunFolder, questions: list[QuestionRow], out: Path, seed: int) -> None:
    """`Loupe.tsv` and `loupe_vlmevalkit.py`."""
    with (out / "Loupe.tsv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, FIELDS, delimiter="\t", lineterminator="\n")
        table.writeheader()
        for index, row in enumerate(questions):
            asked = formats.asked(folder, row, seed)
            pictures = [part["value"] for part in asked["parts"] if part["type"] == "image"]
            words = " ".join(part["value"].strip() for part in asked["parts"] if part["type"] == "text")
            table.writerow(
                {
                    "index": index,
                    "image_path": repr(pictures),
                    "question": words,
                    "answer": asked["answer"],
                    "category": asked["aspect"],
                    "split": "test",
                    "options": json.dumps(asked["options"]),
                    "parts": json.dumps(asked["parts"], ensure_ascii=False),
                    "family": asked["family"],
                    "loupe_id": asked["question"],
                }
            )
    (out / "loupe_vlmevalkit.py").write_text(GLUE, encoding="utf-8")
