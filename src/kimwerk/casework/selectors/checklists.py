"""Checklists as pages show them: the lines of the data with how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kimwerk.access.actors import Actor
from kimwerk.casework.checklist_catalogue import CatalogueItem, CatalogueList, ItemKind, catalogue
from kimwerk.casework.checklist_types import ChecklistState, ItemState
from kimwerk.casework.models.checklist import Checklist, ChecklistItem
from kimwerk.kernel.listed import Lines

SETTLED = frozenset({ItemState.READY, ItemState.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list, and how far it is."""

    item: CatalogueItem
    state: ItemState


@dataclass(frozen=True, slots=True)
class ChecklistFile:
    """A checklist of a case. `is_outdated` says that the law's version has changed since it was begun."""

    id: int
    case_id: int
    person_id: int | None
    case_number: str
    listed: CatalogueList
    as_of: date
    state: ChecklistState
    authority_id: int | None
    authority: str
    appointment_at: datetime | None
    applied_on: date | None
    decided_on: date | None
    lines: tuple[Line, ...]
    version: int

    @property
    def is_outdated(self) -> bool:
        """Whether the list was begun with another version of the law."""
        return self.as_of != self.listed.as_of

    @property
    def settled(self) -> int:
        """How many lines nothing is to be done for any more."""
        return sum(line.state in SETTLED for line in self.lines)

    def of_kind(self, kind: ItemKind) -> tuple[Line, ...]:
        """The conditions, or the documents."""
        return tuple(line for line in self.lines if line.item.kind is kind)


def checklists(actor: Actor, *, case_id: int | None = None) -> Sequence[ChecklistFile]:
    """The checklists of the actor's cases, those with an appointment first. A piece costs two queries."""
    found = Checklist.objects.visible_to(actor)
    found = found.filter(case=case_id) if case_id is not None else found
    return Lines(found.select_related("case", "authority").order_by("appointment_at", "-pk"), _files)


def checklist_file(actor: Actor, pk: int) -> ChecklistFile | None:
    """One checklist of the actor's cases."""
    found = _files(Checklist.objects.visible_to(actor).select_related("case", "authority").filter(pk=pk))
    return found[0] if found else None


def _files(found: Iterable[Checklist]) -> tuple[ChecklistFile, ...]:
    listed = [each for each in found if each.list_key in catalogue()]
    items = ChecklistItem.objects.filter(checklist__in=[each.pk for each in listed]).order_by("position")
    by_list: dict[int, list[ChecklistItem]] = {}
    for item in items:
        by_list.setdefault(item.checklist_id, []).append(item)
    return tuple(_file(each, by_list.get(each.pk, [])) for each in listed)


def _file(checklist: Checklist, items: Iterable[ChecklistItem]) -> ChecklistFile:
    chosen = catalogue()[checklist.list_key]
    known = ((chosen.item(each.item_key), ItemState(each.state)) for each in items)
    return ChecklistFile(
        id=checklist.pk,
        case_id=checklist.case_id,
        person_id=checklist.case.person_id,
        case_number=checklist.case.number,
        listed=chosen,
        as_of=checklist.as_of,
        state=ChecklistState(checklist.state),
        authority_id=checklist.authority_id,
        authority=checklist.authority.name if checklist.authority else "",
        appointment_at=checklist.appointment_at,
        applied_on=checklist.applied_on,
        decided_on=checklist.decided_on,
        lines=tuple(Line(item, state) for item, state in known if item is not None),
        version=checklist.version,
    )
