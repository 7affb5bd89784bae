"""The plan of goals and steps as an accessible PDF in two languages (PDF/UA-1 and PDF/A-3a)."""

from __future__ import annotations

import json
from pathlib import Path

from kimwerk.casework.models import Agreement
from kimwerk.casework.selectors.agreements import FrozenPlan, frozen_plan
from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("plan.typ")


def paper_of(agreement: Agreement) -> bytes:
    """The plan as it was frozen, with the signatures that were drawn. Equal plans give equal bytes."""
    return set_plan(frozen_plan(agreement))


def set_plan(plan: FrozenPlan) -> bytes:
    """The paper. Raises what `typeset` does."""
    signed_on = german.day(plan.drawn_on) if plan.drawn_on else ""
    payload = {**plan.content, "signatures": [list(drawn) for drawn in plan.drawn], "signed_on": signed_on}
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))
