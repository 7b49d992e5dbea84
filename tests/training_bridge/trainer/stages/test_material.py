"""Which training questions reinforcement draws from."""

import json
from pathlib import Path

import pytest

from training_bridge.trainer import plan
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import BadInput, BadRecipe
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.stages.material import Material


def material(root: Path, questions: str) -> Material:
    request = json.loads((root / "run.json").read_text())
    (root / "run.json").write_text(json.dumps({**request, "overrides": {"reinforced": {"questions": questions}}}))
    folder = RunFolder(root)
    return Material(folder, plan.of(folder.request(), smoke=False), lambda what, done, wanted: None)


def test_reinforcement_may_leave_out_what_rationales_explained(tmp_path: Path) -> None:
    root = scenes.run_folder(tmp_path / "run", samples=10, scenes=1)
    everything, unexplained = material(root, "all").reinforced(), material(root, "unexplained").reinforced()
    assert [row.question for row in unexplained] == [row.question for row in everything if not row.rationales]
    assert 0 < len(unexplained) < len(everything)


def test_where_every_question_is_explained_nothing_is_left_to_draw(tmp_path: Path) -> None:
    kind = scenes.Hard(train=4, validation=2, test_easy=1, test_hard=1, scenes=1)
    root = scenes.hard_folder(tmp_path / "run", kind, seed=1, overrides={})
    with pytest.raises(BadInput, match=r"set reinforced\.questions to all"):
        material(root, "unexplained").reinforced()
    with pytest.raises(BadRecipe, match="one of all, unexplained"):
        material(root, "some")
