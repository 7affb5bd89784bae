"""The letter to a person that lists everything that was ever disclosed about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One disclosure as the letter tells it."""

    day: str
    recipient: str
    purpose: str
    data: str
    basis: str
    state: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in the letter."""

    controller: str
    person: str
    address: tuple[str, ...]
    made_at: datetime
    lines: Sequence[LetterLine]


def print_letter(letter: Letter) -> bytes:
    """The PDF."""
    return typeset(TEMPLATE, json.dumps(_payload(letter), ensure_ascii=False))


def _payload(letter: Letter) -> dict[str, object]:
    return {
        "made_at": int(letter.made_at.timestamp()),
        "title": _("What was passed on about you"),
        "controller": letter.controller,
        "person": letter.person,
        "address": list(letter.address),
        "day": german.day(letter.made_at.date()),
        "opening": _("This is the list of everything that we ever passed on about you."),
        "nothing": _("We have passed on nothing about you."),
        "heads": [_("Day"), _("Told to"), _("What for"), _("Which data"), _("Because"), _("Today")],
        "lines": [asdict(line) for line in letter.lines],
        "rights": [
            _("You can take back every consent at any time, without a reason. A word to us is enough."),
            _("You can ask us and every recipient what they hold about you, and have it corrected or deleted."),
            _("You can complain to the supervisory authority for data protection."),
        ],
        "page": [_("page"), _("of")],
    }
