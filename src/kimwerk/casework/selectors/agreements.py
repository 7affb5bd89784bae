"""Plans of goals as they were frozen."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kimwerk.casework.models import Agreement
from kimwerk.casework.sealing import Texts
from kimwerk.casework.types import Sealed


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """What was printed, and what both drew, the person first; nothing is drawn on a paper that was signed."""

    content: Mapping[str, object]
    drawn: tuple[bytes, ...] = ()
    drawn_on: date | None = None


def frozen_plan(agreement: Agreement) -> FrozenPlan:
    """The plan with its texts opened."""
    texts = Texts(agreement.case.person_id)
    content: dict[str, object] = json.loads(texts.open(agreement.content, Sealed.AGREEMENT))
    if not agreement.is_signed_on_screen:
        return FrozenPlan(content)
    both = (agreement.signature_person, agreement.signature_counsellor)
    drawn = tuple(base64.b64decode(texts.open(each, Sealed.SIGNATURE)) for each in both)
    return FrozenPlan(content, drawn, agreement.signed_on)
