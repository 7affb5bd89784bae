"""The slip of paper that a person takes along: in German and in their own language. Nothing tells who carries it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.casework.models.referral import ReferralOrigin
from kimwerk.casework.referral_types import ReferralChannel
from kimwerk.casework.selectors.referrals import SentReferral
from kimwerk.directory.models import Contact, Site
from kimwerk.kernel import german
from kimwerk.persons.selectors import PersonCard, person_card
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("slip.typ")
GERMAN = "de"
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ukr": "uk", "rus": "ru", "ara": "ar", "fas": "fa", "prs": "fa", "tur": "tr", "eng": "en", "fra": "fr",
    }
)  # fmt: skip
"""The languages of the words, by the keys of the list of languages. Dari is written as Persian is."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """The slip in one language."""

    language: str
    direction: str
    title: str
    lines: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: in German, and in another language where there is one."""

    number: str
    made_at: int
    columns: tuple[Column, ...]


def slip_pdf(actor: Actor, sent: SentReferral) -> bytes:
    """The slip of a referral as accessible PDF. Recorded, because it is handed out."""
    record_read(actor=actor, subject_type=ReferralOrigin._meta.db_table, subject_id=str(sent.row.referral.id))
    return set_slip(slip_of(sent, person_card(actor, sent.person_id)))


def set_slip(slip: Slip) -> bytes:
    """The paper. Raises what `typeset` does."""
    return typeset(TEMPLATE, json.dumps(asdict(slip), ensure_ascii=False))


def slip_of(sent: SentReferral, card: PersonCard | None) -> Slip:
    """What stands on the slip."""
    wanted = language_for(card)
    languages = (GERMAN,) if wanted == GERMAN else (GERMAN, wanted)
    return Slip(
        number=f"V-{sent.row.referral.id}",
        made_at=int(timezone.now().timestamp()),
        columns=tuple(_column(sent, language, timezone.localdate()) for language in languages),
    )


def language_for(card: PersonCard | None) -> str:
    """The language of the words for this person: interpreter's, else the mother tongue; German where there is none."""
    if card is None:
        return GERMAN
    known = (LANGUAGES.get(key) for key in (card.interpreter_key, card.mother_tongue_key))
    return next((each for each in known if each), GERMAN)


@cache
def words(language: str) -> Words:
    """The words of the slip in a language."""
    text = (files("kimwerk.casework") / "data" / "slip" / "words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return MappingProxyType(found[language])


def _column(sent: SentReferral, language: str, today: date) -> Column:
    said, row = words(language), sent.row.referral
    place = Site.objects.filter(organisation=row.recipient_id).open(today).exclude(address="").first()
    contact = Contact.objects.filter(organisation=row.recipient_id).exclude(phone="").order_by("pk").first()
    lines = [
        (said["to"], row.recipient),
        (said["address"], place.address if place else ""),
        (said["phone"], contact.phone if contact else ""),
        (said["about"], row.need),
        (said["sender"], row.sender),
        (said["day"], german.day(row.sent_on)),
    ]
    told = said["nothing"] if row.channel is ReferralChannel.SLIP else said["told"]
    return Column(
        language=language,
        direction=said["dir"],
        title=said["title"],
        lines=tuple((term, text) for term, text in lines if text),
        sentences=(told, said["voluntary"], said["back"]),
    )
