"""Whether a model's answers are what its rationales conclude."""

import json
from types import SimpleNamespace

from training_bridge.trainer.contract.reading import Reader
from training_bridge.trainer.contract.rows import question_row
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.stages import evaluate

SHOWN = {"A": "A", "B": "B", "C": "C", "D": "D"}


def test_agreement_counts_only_rationales_made_of_verdicts() -> None:
    raw = scenes.question("s-1", "test", "physical_shadow", "o.png", dict.fromkeys("ABCD", "a.png"), {})
    rows = [question_row(Reader({**raw, "question": f"q-{number}"}, "row")) for number in range(4)]
    texts = [
        "<think>A shadow. B ok. C ok. D ok.</think><answer>A</answer>",
        "<think>A ok. B ok. C ok. D ok.</think><answer>none</answer>",
        "<think>A ok. B ok. C ok. D ok.</think><answer>D</answer>",
        "<think>It all looks fine to me</think><answer>none</answer>",
    ]
    said = [json.dumps({"question": f"q-{n}", "text": text, "letters": SHOWN}) for n, text in enumerate(texts)]
    context = SimpleNamespace(material=SimpleNamespace(words={"physical_shadow": "shadow"}))
    found = evaluate._agreement(context, rows, said)
    assert found is not None
    assert (found["n"], found["value"]) == (3, 0.6667)
    assert evaluate._agreement(context, rows, said[3:]) is None
