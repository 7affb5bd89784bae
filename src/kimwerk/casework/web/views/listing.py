"""Lists of cases: one's own, and the coordination's in numbers."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.selectors.book import Book, book_for
from kimwerk.casework.models import Case
from kimwerk.casework.selectors.cases import (
    CaseRow,
    Load,
    OverseenRow,
    load_of,
    narrowed,
    ordered,
    overseen_rows,
    rows_of,
)
from kimwerk.casework.selectors.cases import my_cases as found_cases
from kimwerk.casework.selectors.choices import counsellors
from kimwerk.casework.types import CaseColumn, CaseFilter, CaseKind, Priority
from kimwerk.casework.web.forms.cases import CaseFilterForm, people_of
from kimwerk.casework.web.pages import ListPage
from kimwerk.casework.web.wording import COLUMNS, PRIORITIES, STATES
from kimwerk.casework.words import KINDS
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Chip, Column, Row, Table
from kimwerk.ui.listing import chips_of, paged, sort_key, with_sorting

MINE = (
    Column(COLUMNS[CaseColumn.PERSON], key=CaseColumn.PERSON.value),
    Column(COLUMNS[CaseColumn.NUMBER], key=CaseColumn.NUMBER.value),
    Column(gettext_lazy("Kind")),
    Column(COLUMNS[CaseColumn.MUNICIPALITY], key=CaseColumn.MUNICIPALITY.value),
    Column(COLUMNS[CaseColumn.LAST_CONTACT], key=CaseColumn.LAST_CONTACT.value),
    Column(COLUMNS[CaseColumn.DUE], key=CaseColumn.DUE.value),
    Column(gettext_lazy("State")),
)
OVERSEEN = (
    Column(COLUMNS[CaseColumn.NUMBER], key=CaseColumn.NUMBER.value),
    Column(gettext_lazy("Responsible")),
    Column(gettext_lazy("Kind")),
    Column(COLUMNS[CaseColumn.MUNICIPALITY], key=CaseColumn.MUNICIPALITY.value),
    Column(COLUMNS[CaseColumn.OPENED], key=CaseColumn.OPENED.value),
    Column(COLUMNS[CaseColumn.LAST_CONTACT], key=CaseColumn.LAST_CONTACT.value),
    Column(gettext_lazy("State")),
    Column(gettext_lazy("What one can do"), is_title_hidden=True),
)
MINE_ORDER, OVERSEEN_ORDER = "-last_contact", "-opened"


@require_GET
@needs(Permission.CASE_WORK)
def my_cases(request: ActorRequest) -> HttpResponse:
    """The actor's own and deputised cases."""
    book = book_for(request.actor)
    form = CaseFilterForm(request.GET, book=book)
    chips, asked = chips_of(form, request.GET), _asked(form, request.GET, MINE, MINE_ORDER)
    listed = paged(found_cases(request.actor, asked), request.GET)
    rows = rows_of(request.actor, listed.items)
    page = ListPage(
        title=_("My cases"),
        state=_("Cases for which you are responsible or stand in"),
        filter_bar=_filter_bar(form, chips, request.GET, reverse("casework:list"), book=book),
        chips=chips,
        table=_table(_("My cases"), MINE, request.GET, MINE_ORDER, tuple(_mine(row) for row in rows)),
        pagination=listed.pagination,
        empty=_("Here will be your cases"),
        how_to_begin=_("Open a case for somebody in your care. Short advice without a name goes to the diary."),
        action=Action(_("Open a case"), reverse("casework:choose_person"), is_new_entry=True),
    )
    return render(request, "casework/list.html", {"page": page})


@require_GET
@needs(Permission.CASE_OVERSEE)
def overview(request: ActorRequest) -> HttpResponse:
    """The coordination's list and load: numbers and frames, no names and no notes."""
    organisations = sorted(request.actor.scope(Permission.CASE_OVERSEE).touched_organisations)
    people = people_of(
        tuple(person for organisation in organisations for person in counsellors(organisation)), without=set()
    )
    form = CaseFilterForm(request.GET, book=book_for(request.actor), people=people)
    chips, asked = chips_of(form, request.GET), _asked(form, request.GET, OVERSEEN, OVERSEEN_ORDER)
    cases = narrowed(Case.objects.overseen_by(request.actor), asked)
    person = form.cleaned_data.get("person")
    chosen = ordered(cases.filter(responsible=person) if person else cases, asked)
    listed = paged(chosen.values_list("pk", flat=True), request.GET)
    rows = overseen_rows(ordered(Case.objects.filter(pk__in=listed.items), asked))
    loads = [load for organisation in organisations for load in load_of(request.actor, organisation)]
    page = ListPage(
        title=_("Cases of the team"),
        state=_("List and load without names and notes"),
        filter_bar=_filter_bar(form, chips, request.GET, reverse("casework:overview")),
        chips=chips,
        table=_table(_("Cases of the team"), OVERSEEN, request.GET, OVERSEEN_ORDER, tuple(map(_overseen, rows))),
        pagination=listed.pagination,
        empty=_("Here will be the cases of the team"),
        how_to_begin=_("As soon as a case manager opens a case, it stands here with its number."),
        load=_load_table(loads) if loads else None,
    )
    return render(request, "casework/list.html", {"page": page})


def _filter_bar(
    form: CaseFilterForm, chips: tuple[Chip, ...], query: QueryDict, reset_url: str, *, book: Book | None = None
) -> str:
    """The fields of the filter. Without a filter they are made once for each book: they say the same to everybody."""
    kept = book.kept if book is not None and not chips and not query.get("q") else {}
    key = f"filter of cases {get_language()} {reset_url}"
    if key not in kept:
        arguments = {"form": form, "chips": chips, "reset_url": reset_url, "target": "#list"}
        kept[key] = render_to_string("ui/components/filter_bar.html", arguments)
    return kept[key]


def _asked(form: CaseFilterForm, query: QueryDict, columns: tuple[Column, ...], default: str) -> CaseFilter:
    states = form.states()
    given = form.cleaned_data
    order = sort_key(query, columns, default=default)
    return CaseFilter(
        states=states,
        kinds=frozenset({CaseKind(given["kind"])} if given.get("kind") else ()),
        municipalities=frozenset({given["municipality"]} if given.get("municipality") else ()),
        priorities=frozenset({Priority(given["priority"])} if given.get("priority") else ()),
        text=given.get("q", ""),
        sort=CaseColumn(order.removeprefix("-")),
        is_descending=order.startswith("-"),
    )


def _table(caption: str, columns: tuple[Column, ...], query: QueryDict, order: str, rows: tuple[Row, ...]) -> Table:
    return Table(caption, with_sorting(columns, query, default=order), rows, is_caption_hidden=True)


def _mine(row: CaseRow) -> Row:
    notes = [str(PRIORITIES[row.priority])] if row.priority is not Priority.NORMAL else []
    notes += [_("you stand in")] if row.is_deputy else []
    return Row(
        (
            Cell(row.person, url=address_of_record("casework:case", row.id), note=", ".join(notes)),
            Cell(row.number),
            Cell(KINDS[row.kind]),
            Cell(row.municipality),
            Cell(german.day(row.last_contact_on) if row.last_contact_on else ""),
            Cell(german.day(row.due_on) if row.due_on else ""),
            Cell(badge=STATES[row.state]),
        ),
        key=f"case-{row.id}",
    )


def _overseen(row: OverseenRow) -> Row:
    deputy = _("deputy: %(name)s") % {"name": row.deputy} if row.deputy else ""
    is_urgent = row.priority is not Priority.NORMAL
    return Row(
        (
            Cell(row.number, note=PRIORITIES[row.priority] if is_urgent else ""),
            Cell(row.responsible, note=deputy),
            Cell(KINDS[row.kind]),
            Cell(row.municipality),
            Cell(german.day(row.opened_on)),
            Cell(german.day(row.last_contact_on) if row.last_contact_on else ""),
            Cell(badge=STATES[row.state]),
            Cell(_("Assign or look into"), url=address_of_record("casework:hand_over", row.id)),
        ),
        key=f"case-{row.id}",
    )


def _load_table(loads: list[Load]) -> Table:
    columns = (
        Column(_("Responsible")),
        Column(_("Open cases"), is_numeric=True),
        Column(_("in clarification"), is_numeric=True),
        Column(_("urgent"), is_numeric=True),
        Column(_("long without a contact"), is_numeric=True),
        Column(_("review overdue"), is_numeric=True),
    )
    rows = tuple(
        Row(
            (
                Cell(load.name, url=f"{reverse('casework:overview')}?person={load.account_id}"),
                Cell(german.number(load.open)),
                Cell(german.number(load.clarification)),
                Cell(german.number(load.urgent)),
                Cell(german.number(load.quiet)),
                Cell(german.number(load.overdue)),
            )
        )
        for load in loads
    )
    return Table(_("Load"), columns, rows, is_caption_hidden=True)
