"""The invitations of a series: in German and in the language of the family, one a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimwerk.arrivals.selectors.households import Content, Household
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("invitation.typ")
GERMAN = "de"


class Words(TypedDict):
    """The file of the words."""

    nationalities: Mapping[str, str]
    otherwise: str
    languages: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """The invitation in one language."""

    language: str
    direction: str
    title: str
    opening: str
    lines: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The invitation of one household."""

    address: tuple[str, ...]
    columns: tuple[Column, ...]


def print_invitations(office: str, households: Sequence[Household]) -> bytes:
    """All letters as one accessible PDF. Raises what `typeset` does."""
    now = timezone.localtime()
    payload = {
        "made_at": int(now.timestamp()),
        "title": _("Invitations to register"),
        "office": office,
        "day": german.day(now.date()),
        "letters": [asdict(letter_of(each)) for each in households if each.invitation],
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))


def letter_of(household: Household) -> Letter:
    """What stands in the letter of a household."""
    wanted = language_of(household.members)
    languages = (GERMAN,) if wanted == GERMAN else (GERMAN, wanted)
    return Letter(_address(household.head), tuple(_column(household, language) for language in languages))


def language_of(members: Sequence[Content]) -> str:
    """In which language the household is written to, by the nationality of its eldest member."""
    known = words()
    return known["nationalities"].get(str(members[0].get(F.NATIONALITY, "")), known["otherwise"])


@cache
def words() -> Words:
    """The words of all languages."""
    text = (files("kimwerk.arrivals") / "data" / "invitation" / "words.json").read_text(encoding="utf-8")
    found: Words = json.loads(text)
    return found


def _column(household: Household, language: str) -> Column:
    said, invitation = words()["languages"][language], household.invitation
    starts_at, place = (invitation.starts_at, invitation.place) if invitation else (timezone.now(), "")
    lines = (
        (said["when"], _moment(starts_at)),
        (said["where"], place),
        (said["who"], "; ".join(_name(each) for each in household.members)),
    )
    sentences = (said["bring"], said["cannot"], said["why"])
    return Column(language, said["dir"], said["title"], said["opening"], lines, sentences)


def _address(head: Content) -> tuple[str, ...]:
    host = str(head.get(F.HOST) or "")
    town = f"{head.get(F.POSTCODE) or ''} {head.get(F.TOWN) or ''}".strip()
    lines = (_name(head), _("c/o %(host)s") % {"host": host} if host else "", str(head.get(F.STREET) or ""), town)
    return tuple(line for line in lines if line)


def _name(member: Content) -> str:
    return f"{member.get(F.GIVEN_NAMES) or ''} {member.get(F.FAMILY_NAME) or ''}".strip()


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "l, d.m.Y, H:i")
