"""The slip of paper that a person takes along: in German and in their own language. Nothing tells who carries it."""

from __future__ import annotations

import json
import subprocess
import sys
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

_PACKAGE = Path(str(files("kimwerk")))
FONTS = _PACKAGE / "ui" / "static" / "built" / "fonts"
"""Where the asset build puts the fonts."""

_PATIENCE = 60
"""Seconds after which typesetting is given up; a slip takes less than half a one."""

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
    slip = slip_of(sent, person_card(actor, sent.person_id))
    return typeset(json.dumps(asdict(slip), ensure_ascii=False))


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
    return next((each for each in known if each and _has_letters(each)), GERMAN)


class SlipNotSet(RuntimeError):
    """The slip could not be typeset; the reason is the message."""


def typeset(payload: str) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-3a) of a slip given as JSON, in a process that needs none of our secrets."""
    run = subprocess.run(
        [sys.executable, "-P", "-m", "kimwerk.casework.web.referrals.slip_process", str(FONTS)],
        input=payload.encode(),
        env={"PYTHONPATH": str(_PACKAGE.parent)},
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if run.returncode != 0:
        raise SlipNotSet(run.stderr.decode(errors="replace"))
    return run.stdout


@cache
def words(language: str) -> Words:
    """The words of the slip in a language."""
    text = (files("kimwerk.casework") / "data" / "slip" / "words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return MappingProxyType(found[language])


def _has_letters(language: str) -> bool:
    """Whether the fonts of the papers have the letters of the language."""
    return words(language)["dir"] == "ltr" or any(FONTS.glob("NotoSansArabic-*.ttf"))


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
