"""The test split for other evaluation tools, held to their documented schemas; answers score there as they do here.

Neither tool is among the locked packages, so what a loader would do with these files is done by hand; where lmms-eval
is importable its own loader reads them too.
"""

import ast
import csv
import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from datasets import load_dataset

from tests.training_bridge.trainer.stages.test_recipe import trainer
from training_bridge.trainer.measure import scenes


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scenes.run_folder(tmp_path_factory.mktemp("run") / "run", samples=20, scenes=1)


def golds(run: Path) -> dict[str, int]:
    lines = (json.loads(line) for line in (run / "release" / "test.jsonl").open())
    return {row["question"]: len(row["answer"]) for row in lines}


def loaded(file: Path) -> ModuleType:
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_table_for_vlmevalkit_has_its_fields_and_five_pictures_a_row(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "kit"
    assert trainer("benchmark", run, "--format", "vlmevalkit", "--out", out) == 0
    csv.field_size_limit(sys.maxsize)
    with (out / "Loupe.tsv").open(newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    assert {"index", "image_path", "question", "answer", "category", "split"} <= set(rows[0])
    assert [row["index"] for row in rows] == [str(number) for number in range(len(rows))]
    sizes = golds(run)
    for row in rows:
        pictures = ast.literal_eval(row["image_path"])
        assert len(pictures) == 5
        assert all(Path(path).is_file() for path in pictures)
        parts = json.loads(row["parts"])
        assert [part["value"] for part in parts if part["type"] == "image"] == pictures
        named = [] if row["answer"] == "none" else row["answer"].split(", ")
        assert len(named) == sizes[row["loupe_id"]]
    compile((out / "loupe_vlmevalkit.py").read_text(), "loupe_vlmevalkit.py", "exec")


def test_a_task_for_lmms_eval_loads_asks_and_scores(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "lmms"
    assert trainer("benchmark", run, "--format", "lmms-eval", "--out", out, "--seed", 3) == 0

    class Task(yaml.SafeLoader):
        """YAML with lmms-eval's `!function`."""

    Task.add_constructor("!function", lambda loader, node: loader.construct_scalar(node))
    task = yaml.load((out / "loupe.yaml").read_text(), Loader=Task)  # noqa: S506 - a safe loader with one more tag
    docs = load_dataset(task["dataset_path"], **task["dataset_kwargs"], cache_dir=str(tmp_path / "cache"))["test"]
    glue = loaded(out / "utils.py")
    for name in ("doc_to_visual", "doc_to_text", "doc_to_messages", "process_results"):
        assert task[name] == f"utils.{name}"
    doc = docs[0]
    assert len(glue.doc_to_visual(doc)) == 5
    assert glue.doc_to_text(doc).count("<image>") == 5
    assert [part["type"] for part in glue.doc_to_messages(doc)[0]["content"]].count("image") == 5
    right = f"<think>so</think><answer>{doc['answer']}</answer>"
    metrics = {metric["metric"] for metric in task["metric_list"]}
    assert glue.process_results(doc, [right]) == {"loupe_exact": 1.0, "loupe_jaccard": 1.0, "loupe_unparsable": 0.0}
    assert set(glue.process_results(doc, ["no idea"])) == metrics
    assert glue.process_results(doc, ["no idea"])["loupe_unparsable"] == 1.0


def test_an_existing_folder_is_left_alone(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trainer("benchmark", run, "--format", "lmms-eval", "--out", tmp_path) == 1
    assert "exists; name a folder that does not" in capsys.readouterr().err


def test_lmms_eval_itself_loads_and_scores_the_task(run: Path, tmp_path: Path) -> None:
    tasks = pytest.importorskip("lmms_eval.tasks", reason="lmms-eval is not installed")
    out = tmp_path / "lmms"
    assert trainer("benchmark", run, "--format", "lmms-eval", "--out", out) == 0
    manager = tasks.TaskManager(include_path=str(out), include_defaults=False)
    task = tasks.get_task_dict(["loupe"], manager, task_type="simple")["loupe"]
    asked = list(task.test_docs())
    assert len(asked) == len(golds(run))
    for doc in asked:
        assert len(task.doc_to_visual(doc)) == 5
        right = task.process_results(doc, [f"<think>.</think><answer>{doc['answer']}</answer>"])
        assert right == {"loupe_exact": 1.0, "loupe_jaccard": 1.0, "loupe_unparsable": 0.0}
    assert task.process_results(asked[0], ["?"])["loupe_unparsable"] == 1.0
