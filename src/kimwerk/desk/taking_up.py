"""Working with what another county sent: its entries, checklists and procedures in one's own lists and library."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.activities.services.categories import CategoryDraft, create_category
from kimwerk.activities.types import CategoryList
from kimwerk.documents.models import Received, Template
from kimwerk.documents.parts import as_people_read, read
from kimwerk.documents.services.library import keep_template, write_version
from kimwerk.documents.types import Language, Licence, PackedPart, PartKind, TemplateFacts, TemplateKind
from kimwerk.events.services.planning import write_template
from kimwerk.events.types import EventKind, TemplateStep

CHECKLIST = "checklist-"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of another county that one's own list lacks."""

    code: str
    label: str
    group: str = ""


def missing_entries(received: Received) -> tuple[CategoryList, tuple[Entry, ...]] | None:
    """What one's own list of the same name lacks, by code; None for what is no list of the diary."""
    part = read(json.loads(received.content))
    if part.kind is not PartKind.CODE_LIST or part.key not in {each.value for each in CategoryList}:
        return None
    own = CategoryList(part.key)
    known = set(Category.objects.of(own).values_list("code", flat=True))
    entries = (_entry(part, row) for row in part.rows)
    return own, tuple(each for each in entries if each.code and each.label and each.code not in known)


def checklist_of(received: Received) -> tuple[EventKind, tuple[TemplateStep, ...]] | None:
    """The steps of a checklist with the kind of events it is for; None for what is none."""
    part = read(json.loads(received.content))
    kind = part.key.removeprefix(CHECKLIST)
    if part.kind is not PartKind.PROCEDURE or kind == part.key or kind not in EventKind.values:
        return None
    told = (row for row in part.rows if len(row) == len(("days", "title")) and _is_day(row[0]) and row[1])
    return EventKind(kind), tuple(TemplateStep(int(days), title[:200]) for days, title in told)


def procedure_in(received: Received) -> str:
    """A procedure written as the text of a template: what it is called, what is known of it, its steps or places."""
    part = read(json.loads(received.content))
    if part.kind is not PartKind.PROCEDURE or part.key.startswith(CHECKLIST):
        return ""
    facts = [f"{name}: {text}" for name, text in part.facts if text]
    rows = [f"- {', '.join(as_people_read(cell) for cell in row if cell)}" for row in part.rows]
    table = [", ".join(part.columns), "", *rows] if rows else []
    return "\n\n".join(each for each in (f"# {part.title}", "\n".join(facts), "\n".join(table)) if each)


@transaction.atomic
def take_up_procedure(*, actor: Actor, organisation_id: int, received: Received, title: str) -> Template:
    """Begin a template of one's own with a procedure: it keeps origin and licence, and waits as a draft for review.

    Raises DocumentsRefused where one's own library has something of that name.
    """
    facts = TemplateFacts(title, TemplateKind.CONCEPT, Licence(received.licence))
    begun = keep_template(actor=actor, organisation_id=organisation_id, facts=facts, origin=received.origin)
    sender = f"{received.sender} ({received.received_on.isoformat()})"
    text = procedure_in(received)
    write_version(actor=actor, template=begun, language=Language.GERMAN, text=text, reason=sender[:200])
    return begun


@transaction.atomic
def take_up_entries(*, actor: Actor, received: Received, codes: Collection[str]) -> int:
    """Begin the chosen entries at the end of one's own list; returns how many. What stands there stays."""
    found = missing_entries(received)
    own, entries = found if found else (CategoryList.TOPIC, ())
    chosen = [each for each in entries if each.code in codes]
    for each in chosen:
        create_category(
            actor=actor, category_list=own, draft=CategoryDraft(each.label, group=each.group), code=each.code
        )
    return len(chosen)


@transaction.atomic
def take_up_checklist(*, actor: Actor, organisation_id: int, received: Received) -> int:
    """Let the organisation's events of that kind begin with this checklist; returns how many steps it has."""
    found = checklist_of(received)
    if found is None:
        return 0
    kind, steps = found
    write_template(actor=actor, organisation_id=organisation_id, kind=kind, steps=steps)
    return len(steps)


def _entry(part: PackedPart, row: tuple[str, ...]) -> Entry:
    told = dict(zip(part.columns, row, strict=True))
    return Entry(told.get("code", "")[:60], told.get("label", "")[:120], told.get("group", "")[:120])


def _is_day(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and len(text) <= len("-9999")
