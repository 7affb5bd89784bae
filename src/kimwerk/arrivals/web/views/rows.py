"""The rows of an occasion, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import CareTaken, Occasion, Registration
from kimwerk.arrivals.policies import may_check, may_correct, may_take_into_care
from kimwerk.arrivals.selectors.duplicates import likely_doubles
from kimwerk.arrivals.selectors.lists import family_of, member_facts, versions_of, was_fetched
from kimwerk.arrivals.selectors.numbers import Ready, queues_of, ready_of
from kimwerk.arrivals.selectors.rows import rows_of
from kimwerk.arrivals.types import Finding
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.types import RegistrationState as S
from kimwerk.arrivals.web.forms import RowFilterForm
from kimwerk.arrivals.web.pages import DoubleLine, DoublesPart, Errand, RowPage, RowsPage
from kimwerk.arrivals.web.within import (
    device_part,
    double_line,
    places_of,
    seen_occasion,
    seen_row,
    to_occasions,
    to_rows,
)
from kimwerk.arrivals.web.wording import FIELDS, FINDINGS, findings_text, kept_text, state_badge
from kimwerk.audit.services import record_read
from kimwerk.kernel import german
from kimwerk.persons.models import Person
from kimwerk.persons.reference import nationalities
from kimwerk.persons.types import Sex
from kimwerk.persons.wording import SEXES
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Fact, Moment, NavItem, Row, Table
from kimwerk.ui.keyed import Key, Known, keyed
from kimwerk.ui.listing import chips_of

KEEP, CHECK = Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK
IN_ORDER = (Key("registered_at", is_descending=True), Key("family"), Key("birth_date"), Key("id"))
"""The newest families first, their members by age, as `in_order` has them."""


@require_GET
@needs(KEEP, CHECK)
def rows(request: ActorRequest, pk: int) -> HttpResponse:
    """The rows of an occasion by filter, with what the coordination does to all of them at once."""
    occasion = seen_occasion(request, pk)
    form = RowFilterForm(request.GET, places=places_of(request, occasion, KEEP, CHECK))
    asked = rows_of(request.actor, occasion, form.wanted())
    known = Known(asked.count, asked.is_at_least)
    anywhere = Registration.objects.visible_to(request.actor).filter(occasion=occasion)
    found = keyed(asked.found, IN_ORDER, request.GET, known=known, among=anywhere)
    if found.items:
        record_read(actor=request.actor, subject_type=Registration._meta.db_table, amount=len(found.items))
    address = reverse("arrivals:rows", args=[pk])
    is_open = Occasion.objects.open_on(timezone.localdate()).filter(pk=pk).exists()
    may_enter = is_open and bool(places_of(request, occasion, KEEP))
    new = Action(_("Register a family"), reverse("arrivals:family", args=[pk]), "add", is_new_entry=True)
    ready = ready_of(request.actor, occasion)
    page = RowsPage(
        title=occasion.name,
        state=" · ".join(filter(None, (_window(occasion), kept_text(occasion), _held_back(occasion, ready.held_back)))),
        crumbs=to_occasions(),
        action=new if may_enter else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=address,
        queues=tuple(
            NavItem(f"{FINDINGS[finding]}: {german.number(count)}", f"{address}?finding={finding.value}")
            for finding, count in queues_of(request.actor, occasion).items()
        ),
        errands=_errands(occasion, ready),
        table=_table(found.items),
        pagination=found.pagination,
        links=_ways(request, occasion),
        device=device_part(occasion) if request.actor.can(KEEP) else None,
    )
    return render(request, "arrivals/rows.html", {"page": page})


@require_GET
@needs(KEEP, CHECK)
def row(request: ActorRequest, pk: int) -> HttpResponse:
    """One registration with its family, its findings and what became of it."""
    found = seen_row(request, pk)
    record_read(actor=request.actor, subject_type=Registration._meta.db_table, subject_id=str(pk))
    checks = may_check(request.actor, found.organisation_id, found.municipality_id)
    is_aside = found.merged_into_id is not None
    change = Action(_("Correct the row"), reverse("arrivals:correct", args=[pk]))
    accept = reverse("arrivals:accept", args=[pk])
    page = RowPage(
        title=found.listed_name,
        original_name=found.original_name,
        badge=state_badge(found.state),
        crumbs=to_rows(found.occasion),
        action=change if may_correct(request.actor, found) and not is_aside else None,
        person=_person(found),
        stay=_stay(found),
        findings=tuple(
            (
                FINDINGS[each],
                Errand(_accepting(each), accept, (("finding", each.value),)) if checks and not is_aside else None,
            )
            for each in found.open_findings
        ),
        errands=_row_errands(found) if checks and not is_aside else (),
        doubles=DoublesPart("doubles", () if is_aside else _doubles(request, found, may_merge=checks)),
        doubles_title=_("May be the same person"),
        family=tuple(
            NavItem(each.listed_name, reverse("arrivals:row", args=[each.pk]))
            for each in family_of(request.actor, found)
            if each.pk != pk
        ),
        moments=_moments(request, found),
        alert=_("Set aside as a double. The row counts nowhere and keeps all it says.") if is_aside else "",
        links=(*_links(found, checks=checks), *_file(request, found)),
    )
    return render(request, "arrivals/row.html", {"page": page})


def _accepting(finding: Finding) -> str:
    return _("These are two persons") if finding is Finding.DUPLICATE else _("This is right")


def _window(occasion: Occasion) -> str:
    days = {"first": german.day(occasion.begins_on), "last": german.day(occasion.ends_on or occasion.begins_on)}
    return (_("from %(first)s, closed on %(last)s") if occasion.ends_on else _("since %(first)s")) % days


def _ways(request: ActorRequest, occasion: Occasion) -> tuple[NavItem, ...]:
    """What else there is of an occasion."""
    periods = NavItem(_("Periods"), reverse("arrivals:periods", args=[occasion.pk]))
    return (
        NavItem(_("By week"), reverse("arrivals:curve", args=[occasion.pk])),
        NavItem(_("Bring in lists"), reverse("arrivals:imports", args=[occasion.pk])),
        NavItem(_("Fill a template"), reverse("arrivals:fill_template", args=[occasion.pk]) + _query(request)),
        *((periods,) if may_check(request.actor, occasion.organisation_id) else ()),
    )


def _query(request: ActorRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _held_back(occasion: Occasion, waiting: int) -> str:
    """How many checked rows still wait, for whoever releases them."""
    said = ngettext(
        "%(count)s checked row is held back for %(days)s days after its check",
        "%(count)s checked rows are held back for %(days)s days after their check",
        waiting,
    )
    return said % {"count": german.number(waiting), "days": occasion.hold_back_days} if waiting else ""


def _errands(occasion: Occasion, ready: Ready) -> tuple[Errand, ...]:
    """What can be done to many rows at once: only those about which nothing is open."""
    errands = []
    if ready.to_check:
        said = ngettext(
            "Mark %(count)s row without findings as checked",
            "Mark %(count)s rows without findings as checked",
            ready.to_check,
        )
        errands.append(
            Errand(said % {"count": german.number(ready.to_check)}, reverse("arrivals:check", args=[occasion.pk]))
        )
    if ready.to_release:
        said = ngettext("Release %(count)s checked row", "Release %(count)s checked rows", ready.to_release)
        errands.append(
            Errand(said % {"count": german.number(ready.to_release)}, reverse("arrivals:release", args=[occasion.pk]))
        )
    return tuple(errands)


def _table(found: tuple[Registration, ...]) -> Table:
    columns = (
        Column(_("Name")),
        Column(_("Born")),
        Column(_("Municipality")),
        Column(_("Arrived on")),
        Column(_("Needs")),
        Column(_("State")),
    )
    return Table(_("Rows"), columns, tuple(_line(each) for each in found), is_caption_hidden=True)


def _line(each: Registration) -> Row:
    return Row(
        (
            Cell(each.listed_name, address_of_record("arrivals:row", each.pk), original=each.original_name),
            Cell(german.day(each.birth_date) if each.birth_date else ""),
            Cell(each.municipality.name),
            Cell(german.day(each.arrived_on)),
            Cell(_needs(each)),
            Cell(badge=state_badge(each.state), note=findings_text(each.open_findings)),
        ),
        key=f"row-{each.pk}",
    )


def _needs(each: Registration) -> str:
    needed = (
        (each.needs_school, _("School")),
        (each.needs_childcare, _("Childcare")),
        (each.is_health_urgent, _("Medical help")),
    )
    return ", ".join(text for is_needed, text in needed if is_needed)


def _person(found: Registration) -> tuple[Fact, ...]:
    nationality = nationalities().get(found.nationality)
    return (
        Fact(FIELDS[F.BIRTH_DATE], german.day(found.birth_date) if found.birth_date else _("not known")),
        Fact(FIELDS[F.SEX], SEXES[Sex(found.sex)]),
        Fact(FIELDS[F.NATIONALITY], nationality.label if nationality else _("not known")),
        Fact(_("Needs"), _needs(found) or _("none noted")),
        *((Fact(FIELDS[F.GUARDIAN], found.guardian),) if found.guardian else ()),
    )


def _stay(found: Registration) -> tuple[Fact, ...]:
    address = ", ".join(part for part in (found.street, f"{found.postcode} {found.town}".strip()) if part)
    return (
        Fact(FIELDS[F.MUNICIPALITY], found.municipality.name),
        Fact(_("Address"), address or _("not known")),
        *((Fact(FIELDS[F.HOST], found.host),) if found.host else ()),
        *((Fact(FIELDS[F.PHONE], found.phone),) if found.phone else ()),
        Fact(FIELDS[F.ARRIVED_ON], german.day(found.arrived_on)),
    )


def _row_errands(found: Registration) -> tuple[Errand, ...]:
    one = (("row", str(found.pk)),)
    if found.state == S.CHECKED and not Registration.objects.filter(pk=found.pk).to_be_released().exists():
        return ()
    if found.state == S.CHECKED:
        return (Errand(_("Release"), reverse("arrivals:release", args=[found.occasion_id]), one),)
    if found.state == S.RELEASED and not was_fetched(found):
        return (Errand(_("Take the release back"), reverse("arrivals:take_release_back", args=[found.pk])),)
    if found.state == S.RELEASED or found.open_findings:
        return ()
    return (Errand(_("Mark as checked"), reverse("arrivals:check", args=[found.occasion_id]), one),)


def _doubles(request: ActorRequest, found: Registration, *, may_merge: bool) -> tuple[DoubleLine, ...]:
    likely = likely_doubles(request.actor, compared(member_facts(found), found.municipality_id), family=found.family)
    return tuple(
        double_line(
            each,
            reverse("arrivals:merge", args=[found.pk, each.row.pk])
            if may_merge and each.row.occasion_id == found.occasion_id
            else "",
        )
        for each in likely
    )


def _links(found: Registration, *, checks: bool) -> tuple[NavItem, ...]:
    if found.merged_into_id is None:
        return ()
    kept = NavItem(_("The row that was kept"), reverse("arrivals:row", args=[found.merged_into_id]))
    return (kept, NavItem(_("Bring it back"), reverse("arrivals:unmerge", args=[found.pk]))) if checks else (kept,)


def _file(request: ActorRequest, found: Registration) -> tuple[NavItem, ...]:
    """The way to the file of somebody who agreed to be counselled, or to opening it."""
    if found.merged_into_id is not None or not may_take_into_care(request.actor, found):
        return ()
    taken = CareTaken.objects.visible_to(request.actor).filter(registration=found).first()
    if taken is None:
        return (NavItem(_("Open a file"), reverse("arrivals:take_into_care", args=[found.pk])),)
    own = Person.objects.visible_to(request.actor).filter(pk=taken.person_id).exists()
    return (NavItem(_("The file"), reverse("persons:person", args=[taken.person_id])),) if own else ()


def _moments(request: ActorRequest, found: Registration) -> tuple[Moment, ...]:
    moments = [Moment(found.registered_at, _("Registered"), by=found.registered_by.display_name)]
    if found.noted_at:
        moments.append(Moment(found.noted_at, _("Noted without a connection"), _("by the clock of the device")))
    for each in versions_of(request.actor, found):
        said = ", ".join(
            f"{FIELDS[field]}: {each.facts[field.value] or '–'}"
            for field in F
            if field.value in each.facts and each.facts[field.value] != _now(found, field)
        )
        moments.append(
            Moment(
                each.written_at,
                _("Version %(number)s said") % {"number": each.number},
                said,
                each.written_by.display_name,
            )
        )
    if found.checked_at and found.checked_by:
        moments.append(Moment(found.checked_at, _("Checked"), by=found.checked_by.display_name))
    if found.released_at and found.released_by:
        moments.append(Moment(found.released_at, _("Released"), by=found.released_by.display_name))
    for double in found.doubles.filter(merged_at__isnull=False).order_by("merged_at"):
        if double.merged_at:
            url = reverse("arrivals:row", args=[double.pk])
            moments.append(Moment(double.merged_at, _("A double was set aside"), double.listed_name, url=url))
    return tuple(sorted(moments, key=lambda moment: str(moment.at), reverse=True))


def _now(found: Registration, field: F) -> object:
    value = getattr(found, field.value)
    return value if isinstance(value, (bool, int)) else str(value or "")
