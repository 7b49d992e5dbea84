"""How questions and rationales become texts."""

from tests.training_bridge.trainer.contract.test_rows import pool, read, release_row
from training_bridge.trainer import prompts

WORDS = {"physical_shadow": "shadow", "placement_layout": "layout"}
SHOWN = {"A": "C", "B": "A", "C": "D", "D": "B"}


def test_pictures_come_in_the_order_of_the_letters_shown() -> None:
    messages, paths = prompts.question(read(release_row()), SHOWN, wording="short")
    assert paths == ["images/o.png", "images/B.png", "images/D.png", "images/A.png", "images/C.png"]
    content = messages[0]["content"]
    assert sum(part["type"] == "image" for part in content) == len(paths)
    assert "".join(part.get("text", "▢") for part in content) == "Original:▢ A:▢ B:▢ C:▢ D:▢ physical shadow?"
    full = prompts.question(read(release_row(instruction="Which?")), SHOWN, wording="full")[0][0]["content"]
    assert full[-1]["text"] == " Which?"


def test_a_compact_target_says_what_the_rationale_concludes_under_the_letters_shown() -> None:
    row = read(release_row())
    text = prompts.target(row, row.rationales[0], SHOWN, kind="compact", words=WORDS)
    assert text == "<think>A shadow. B ok. C ok. D ok.</think><answer>A</answer>"
    assert prompts.target(row, None, SHOWN, kind="text", words=WORDS) == text


def test_a_target_follows_the_rationale_even_where_it_differs_from_the_answer() -> None:
    row = read(release_row())
    overlooking = read(release_row(rationales=[{**release_row()["rationales"][0], "concluded": []}])).rationales[0]
    text = prompts.target(row, overlooking, SHOWN, kind="compact", words=WORDS)
    assert text == "<think>A ok. B ok. C ok. D ok.</think><answer>none</answer>"


def test_a_rationale_that_draws_no_conclusion_takes_the_answer() -> None:
    row = read(release_row(rationales=[{**release_row()["rationales"][0], "concluded": None}]))
    text = prompts.target(row, row.rationales[0], SHOWN, kind="text", words=WORDS)
    assert text == "<think>A looks wrong.</think><answer>A</answer>"


def test_a_text_target_rewrites_the_slots_that_the_writer_named() -> None:
    row = read(release_row())
    told = {
        **release_row()["rationales"][0],
        "text": "The shadow of {{B}} points to the light, unlike {{ A }}.</think>",
    }
    rationale = read(release_row(rationales=[told])).rationales[0]
    text = prompts.target(row, rationale, SHOWN, kind="text", words=WORDS)
    assert text == "<think>The shadow of A points to the light, unlike C.</think><answer>A</answer>"


def test_a_scene_is_described_candidate_by_candidate() -> None:
    shown = {"A": "B", "B": "A"}
    assert prompts.description(pool(), shown, WORDS) == "A shadow. B ok."
    both = {"B": {"placement_layout": "minor", "physical_shadow": "major"}, "A": {"physical_shadow": "unsure"}}
    assert prompts.description(pool(truth=both), shown, WORDS) == "A shadow layout. B ok."
    assert prompts.description(pool(), {"B": "D"}, WORDS) == "D shadow."


def test_a_scene_is_shown_with_its_original_first() -> None:
    messages, paths = prompts.pool_prompt(pool(), {"A": "B", "B": "A"})
    assert paths == ["o.png", "b.png", "a.png"]
    assert "".join(part.get("text", "▢") for part in messages[0]["content"]) == "Original:▢ A:▢ B:▢ Describe."
    asked, _ = prompts.pool_prompt(pool(), {"A": "B", "B": "A"}, prompts.asked("physical_shadow"))
    assert asked[0]["content"][-1]["text"] == " physical shadow?"


def test_a_defect_has_a_word_of_its_own_for_each_aspect() -> None:
    aspects = ["physical_shadow", "cast_shadow", "placement_layout", "is_ok", "overall"]
    assert prompts.defect_words(aspects) == {
        "physical_shadow": "physical_shadow",
        "cast_shadow": "cast_shadow",
        "placement_layout": "layout",
        "is_ok": "is_ok",
        "overall": "overall",
    }
