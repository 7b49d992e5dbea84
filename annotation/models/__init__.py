"""Who judges what next, what they said, and what follows for each question.

Belongs here: tables and constraints, one file for each thing that they tell of.
Does not: workflow (services), the vote (votes.py), the shape of stored JSON (shapes.py).

Claim and submit write these tables in raw SQL (services/hot.py), so a column renamed here is renamed there.
"""

from annotation.models.annotations import Annotation, ModelAnswer, Review
from annotation.models.batches import CAME_BACK, FIRST_PASS, Batch, BatchDraft
from annotation.models.consensus import Consensus, ConsensusPolicy, OverallAnswer, Recount
from annotation.models.golds import Gold, GoldAppeal, GoldResult
from annotation.models.quality import QualityFigures, QualitySamples, QualityWork, SignalPolicy
from annotation.models.turns import Assignment, Draft, PersonTurn, Piece

__all__ = [
    "CAME_BACK",
    "FIRST_PASS",
    "Annotation",
    "Assignment",
    "Batch",
    "BatchDraft",
    "Consensus",
    "ConsensusPolicy",
    "Draft",
    "Gold",
    "GoldAppeal",
    "GoldResult",
    "ModelAnswer",
    "OverallAnswer",
    "PersonTurn",
    "Piece",
    "QualityFigures",
    "QualitySamples",
    "QualityWork",
    "Recount",
    "Review",
    "SignalPolicy",
]
