"""Endpoints with their prices, prompts, runs with their questions and calls, rationales.

Belongs here: tables and the constraints that keep money and rationales true, one file for each thing that they tell of.
Does not: workflow (services), what JSON columns look like (shapes.py).

A `RunQuestion` is the work row: one question of one run, held under lease and fence. Each request made for it is a
`Call`, written with reserved money before it is sent and settled once, so the ledger is the sum of its rows.
"""

from cot_generation.models.calls import Call, CallBatch
from cot_generation.models.endpoints import Endpoint, EndpointPrice
from cot_generation.models.money import ZERO, Budget, BudgetDay, Tally, usd
from cot_generation.models.prompts import Cascade, DeclinedDefault, Prompt
from cot_generation.models.rationales import Examination, JudgeMeasurement, Rationale, Reading, SearchText
from cot_generation.models.runs import Run, RunQuestion

__all__ = [
    "ZERO",
    "Budget",
    "BudgetDay",
    "Call",
    "CallBatch",
    "Cascade",
    "DeclinedDefault",
    "Endpoint",
    "EndpointPrice",
    "Examination",
    "JudgeMeasurement",
    "Prompt",
    "Rationale",
    "Reading",
    "Run",
    "RunQuestion",
    "SearchText",
    "Tally",
    "usd",
]
