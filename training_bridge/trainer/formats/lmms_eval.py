"""lmms-eval: a task file, the functions that it names, and the questions as JSON lines."""

from pathlib import Path

from training_bridge.trainer import formats
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.reading import compact
from training_bridge.trainer.contract.rows import QuestionRow

TASK = """# Loupe's test split for lmms-eval. Written by `trainer benchmark`; run it with
#   python -m lmms_eval --include_path {folder} --tasks loupe --model …
task: loupe
dataset_path: json
dataset_kwargs:
  data_files:
    test: {folder}/test.jsonl
test_split: test
output_type: generate_until
doc_to_visual: !function utils.doc_to_visual
doc_to_text: !function utils.doc_to_text
doc_to_messages: !function utils.doc_to_messages
doc_to_target: answer
generation_kwargs:
  max_new_tokens: 512
  temperature: 0
  do_sample: false
process_results: !function utils.process_results
metric_list:
  - metric: loupe_exact
    aggregation: mean
    higher_is_better: true
  - metric: loupe_jaccard
    aggregation: mean
    higher_is_better: true
  - metric: loupe_unparsable
    aggregation: mean
    higher_is_better: false
metadata:
  - version: 1.0
"""

GLUE = '''"""What loupe.yaml names. Answers are read by Loupe's own parser, which lies beside this file."""

import importlib.util
from pathlib import Path

from PIL import Image

_file = Path(__file__).with_name("loupe_answers.py")
_spec = importlib.util.spec_from_file_location("loupe_answers", _file)
loupe_answers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(loupe_answers)


def doc_to_visual(doc):
    return [Image.open(part["value"]).convert("RGB") for part in doc["parts"] if part["type"] == "image"]


def doc_to_text(doc, lmms_eval_specific_kwargs=None):
    return "".join(part["value"] if part["type"] == "text" else "<image>" for part in doc["parts"])


def doc_to_messages(doc, lmms_eval_specific_kwargs=None):
    pictures = iter(doc_to_visual(doc))
    content = [
        {"type": "text", "text": part["value"]} if part["type"] == "text" else {"type": "image", "url": next(pictures)}
        for part in doc["parts"]
    ]
    return [{"role": "user", "content": content}]


def process_results(doc, results):
    found = loupe_answers.read(results[0], doc["options"]).letters
    gold = loupe_answers.read(f"<answer>{doc['answer']}</answer>", doc["options"]).letters
    both = set() if found is None else found | gold
    overlap = 0.0 if found is None else (len(found & gold) / len(both) if both else 1.0)
    return {
        "loupe_exact": float(found == gold),
        "loupe_jaccard": overlap,
        "loupe_unparsable": float(found is None),
    }
'''


def write(folder: RunFolder, questions: list[QuestionRow], out: Path, seed: int) -> None:
    """`loupe.yaml`, `utils.py` and `test.jsonl`."""
    with (out / "test.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(compact(formats.asked(folder, row, seed)) + "\n" for row in questions)
    place = out.absolute().with_name(out.name.removeprefix(".").removesuffix(".part"))
    (out / "loupe.yaml").write_text(TASK.format(folder=place), encoding="utf-8")
    (out / "utils.py").write_text(GLUE, encoding="utf-8")
