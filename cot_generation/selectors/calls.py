"""The calls behind a rationale."""

from __future__ import annotations

from cot_generation.models import Call, Rationale


def behind(rationale_id: int) -> list[Call]:
    """In the order in which they were sent; none for what a person wrote."""
    question_id = Rationale.objects.filter(pk=rationale_id).values_list("run_question_id", flat=True).first()
    return [] if question_id is None else list(Call.objects.filter(question_id=question_id).order_by("pk"))
