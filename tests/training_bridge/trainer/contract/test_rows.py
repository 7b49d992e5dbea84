"""What a run folder may hold, and the sentence that says what is wrong with it."""

import json
from pathlib import Path

import pytest

from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.reading import Reader
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import scenes


def release_row(**more: object) -> dict:
    candidates = {slot: f"images/{slot}.png" for slot in "ABCD"}
    truth = {"B": {"physical_shadow": "major"}}
    row = scenes.question("s-17", "train", "physical_shadow", "images/o.png", candidates, truth)
    row["rationales"] = [scenes.rationale(row, 9)]
    return {**row, **more}


def read(row: dict) -> rows.QuestionRow:
    return rows.question_row(Reader(json.loads(json.dumps(row)), "train.jsonl:1"))


def test_a_release_row_is_read_whole() -> None:
    found = read(release_row())
    assert (found.question, found.aspect, found.split) == ("s-17/physical_shadow", "physical_shadow", "train")
    assert (found.slots, found.gold) == (("A", "B", "C", "D"), frozenset("B"))
    assert found.candidates[2].path == "images/C.png"
    assert (found.rationales[0].text, found.rationales[0].concluded) == ("{{B}} looks wrong.", ("B",))
    assert (found.family_id, found.agreement) == ("f-s-17", 1.0)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"schema": 2}, "schema 2 is not the schema 1"),
        ({"split": "holdout"}, "split 'holdout' of s-17/physical_shadow is none of"),
        ({"answer": ["E"]}, "names E, which it has no picture of"),
        ({"answer": None}, "`answer` should be a list, found nothing"),
        ({"candidates": []}, "needs 1 to 8 candidates"),
        ({"aspect": ""}, "`aspect` should be a text"),
        ({"question": 17}, "`question` should be a text, found 17"),
    ],
)
def test_a_release_row_that_cannot_be_used_says_why(more: dict, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        read(release_row(**more))
    assert str(refused.value).startswith("train.jsonl:1")


def test_a_split_is_read_from_its_shards_in_order(tmp_path: Path) -> None:
    for number in (2, 1):
        row = release_row(question=f"s-{number}/physical_shadow")
        (tmp_path / f"train-0000{number}.jsonl").write_text(json.dumps(row) + "\n")
    assert [row.question for row in rows.release_rows(tmp_path, "train")] == [
        "s-1/physical_shadow",
        "s-2/physical_shadow",
    ]
    assert rows.release_rows(tmp_path, "test") == []
    (tmp_path / "test.jsonl").write_text(json.dumps(release_row()))
    with pytest.raises(BadInput, match="lies in a shard of 'test'"):
        rows.release_rows(tmp_path, "test")


def test_a_family_in_two_splits_is_refused() -> None:
    train, test = read(release_row()), read(release_row(split="test"))
    apart = read(release_row(split="test", family_id="f-other"))
    rows.check_families({"train": [train], "test": [apart]})
    with pytest.raises(BadInput, match="Family f-s-17 lies in train and in test"):
        rows.check_families({"train": [train], "test": [test]})


def pool(**more: object) -> rows.PoolRow:
    row = {
        "schema": 1,
        "id": "pool-1",
        "original": "o.png",
        "candidates": {"A": "a.png", "B": "b.png"},
        "truth": {"B": {"physical_shadow": "major", "placement_layout": "none"}},
    }
    return rows.pool_row(Reader({**row, **more}, "pool.jsonl:1"))


def test_a_scene_of_the_pool_tells_what_was_planted_and_nothing_elsewhere() -> None:
    scene = pool()
    assert [scene.severity("B", "physical_shadow"), scene.severity("A", "physical_shadow")] == ["major", "none"]
    assert [scene.severity("B", "overall"), scene.severity("A", "overall")] == ["major", "none"]


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        ({"C": {"physical_shadow": "major"}}, "names C; every slot"),
        ({"A": {"shadow": "bad"}}, "severity 'bad' of A/shadow"),
    ],
)
def test_a_scene_whose_truth_fits_no_picture_is_refused(truth: dict, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        pool(truth=truth)


def test_an_endpoint_may_give_text_or_an_answer_already_read() -> None:
    def completion(**more: object) -> rows.CompletionRow:
        return rows.completion_row(Reader({"question": "q", "model": "m", **more}, "c.jsonl:1"))

    assert completion(text="…").answer_given is False
    assert (completion(answer=["B"]).answer, completion(answer=["B"]).answer_given) == (("B",), True)
    assert (completion(answer=None).answer, completion(answer=None).answer_given) == (None, True)


def test_run_json_is_asked_for_by_name(tmp_path: Path) -> None:
    folder = RunFolder(scenes.run_folder(tmp_path, samples=2, scenes=1))
    assert (folder.request().run, folder.request().recipe, folder.request().seed) == ("r-1", "tiny-cpu", 7)
    (tmp_path / "run.json").write_text('{"schema": 1, "run": "r-1"}')
    with pytest.raises(BadInput, match=r"run\.json release: |`release` should be an object"):
        folder.request()
    (tmp_path / "run.json").unlink()
    with pytest.raises(BadInput, match=r"run\.json is missing"):
        folder.request()


def test_a_run_folder_is_named_from_inside_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert RunFolder(Path()).picture("images/a.png") == tmp_path / "images" / "a.png"
    with pytest.raises(BadInput, match="outside the run folder"):
        RunFolder(Path()).picture("../a.png")


def test_a_picture_path_stays_inside_the_run_folder(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.picture("images/a.png") == (tmp_path / "images" / "a.png").resolve()
    with pytest.raises(BadInput, match="outside the run folder"):
        folder.picture("../a.png")
