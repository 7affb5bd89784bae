"""Texts of referrals and conferences that no single person's key can seal, because both sides read them."""

from __future__ import annotations

import re
from datetime import date

from kimwerk.accounts.sealing import open_sealed, seal
from kimwerk.activities.guard import personal_trait
from kimwerk.kernel.names import search_form

CONCERN = "referral concern"
"""The purpose to which a concern is bound that the person's key seals."""

_NEED = "referral need"
_NOTE = "referral note"


def seal_need(text: str) -> str:
    """What a recipient reads before answering."""
    return seal(text, purpose=_NEED)


def open_need(sealed: str) -> str:
    """Empty once the person is erased. Raises CannotUnseal."""
    return open_sealed(sealed, purpose=_NEED) if sealed else ""


def seal_note(text: str) -> str:
    """What a recipient says when answering; an empty text stays empty."""
    return seal(text, purpose=_NOTE) if text else ""


def open_note(sealed: str) -> str:
    """Raises CannotUnseal."""
    return open_sealed(sealed, purpose=_NOTE) if sealed else ""


def points_to_somebody(text: str, today: date, names: tuple[str, ...] = ()) -> bool:
    """Whether a text holds an address, a number, a birthday, a form of address, or one of these names."""
    known = {word for name in names for word in _words(name) if len(word) > 2}
    return personal_trait(text, today) is not None or bool(_words(text) & known)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", search_form(text)))
