"""The form of a consent as PDF: German beside the language of the person, with exactly what is allowed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from kimwerk.consent.models import ConsentText
from kimwerk.consent.types import Direction, TextLanguage
from kimwerk.consent.wording import words_of
from kimwerk.kernel import german
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("form.typ")


@dataclass(frozen=True, slots=True)
class PaperGrant:
    """One thing that is allowed, as it is printed."""

    purpose_code: str
    purpose_label: str
    recipients: tuple[str, ...]
    categories: frozenset[DataCategory]
    direction: Direction
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class FormPaper:
    """What stands on the form. Without grants it is blank, to be filled in by hand."""

    german: ConsentText
    other: ConsentText | None
    controller: str
    made_at: datetime
    grants: tuple[PaperGrant, ...] = ()
    person: str = ""
    born: str = ""
    place: str = ""
    day: date | None = None
    guardian: str = ""
    interpreter: str = ""
    signature: bytes = b""
    signed_note: str = ""


def print_form(paper: FormPaper) -> bytes:
    """The PDF."""
    return typeset(TEMPLATE, json.dumps(_payload(paper), ensure_ascii=False))


def _payload(paper: FormPaper) -> dict[str, object]:
    texts = [paper.german, *([paper.other] if paper.other else [])]
    tongues = [text.spoken for text in texts]
    return {
        "made_at": int(paper.made_at.timestamp()),
        "languages": [{"lang": each.value, "dir": each.direction} for each in tongues],
        "titles": [text.title for text in texts],
        "summaries": [text.summary for text in texts],
        "sections": [list(row) for row in zip_longest(*(_sections(text.body) for text in texts), fillvalue=None)],
        "labels": {key: [words_of(each)["labels"][key] for each in tongues] for key in words_of(tongues[0])["labels"]},
        "categories": [_named("categories", category.value, tongues) for category in DataCategory],
        "specials": [category.is_special for category in DataCategory],
        "grants": [_grant(each, tongues) for each in paper.grants],
        "controller": paper.controller,
        "person": paper.person,
        "born": paper.born,
        "place": paper.place,
        "day": german.day(paper.day) if paper.day else "",
        "guardian": paper.guardian,
        "interpreter": paper.interpreter,
        "signature": list(paper.signature),
        "signature_alt": _("Signature drawn on the screen"),
        "signed_note": paper.signed_note,
        "foot": f"{words_of(tongues[0])['labels']['version']} {paper.german.version}",
        "hashes": [text.content_hash for text in texts],
        "sample": ""
        if paper.german.approved_at
        else " · ".join(words_of(each)["labels"]["sample"] for each in tongues),
        "page": [_("page"), _("of")],
    }


def _grant(grant: PaperGrant, tongues: list[TextLanguage]) -> dict[str, object]:
    purposes = [words_of(each)["purposes"].get(grant.purpose_code, grant.purpose_label) for each in tongues]
    return {
        "purpose": purposes,
        "recipient": grant.recipients,
        "categories": [
            [words_of(each)["categories"][category.value] for category in DataCategory if category in grant.categories]
            for each in tongues
        ],
        "direction": _named("directions", grant.direction.value, tongues),
        "period": f"{german.day(grant.valid_from)} – {german.day(grant.valid_until)}",
    }


def _named(group: str, key: str, tongues: list[TextLanguage]) -> list[str]:
    return [words_of(each)[group][key] for each in tongues]


def _sections(body: str) -> list[dict[str, object]]:
    """The body in its parts: a heading and its paragraphs."""
    found: list[dict[str, object]] = []
    heading, paragraphs = "", [""]
    for line in [*body.splitlines(), "## "]:
        if line.startswith("## "):
            if heading or any(paragraphs):
                found.append({"heading": heading, "paragraphs": [each for each in paragraphs if each]})
            heading, paragraphs = line.removeprefix("## ").strip(), []
        elif line.strip():
            paragraphs.append(line.strip())
    return found
