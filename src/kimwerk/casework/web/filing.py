"""From a request to a case: readable or not there, writable or not there, and what stands above its pages."""

from __future__ import annotations

from django import forms
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest
from kimwerk.audit.services import record_read
from kimwerk.casework.models import Case, Insight
from kimwerk.casework.policies import may_work_on, may_write
from kimwerk.casework.selectors.case_file import readable
from kimwerk.casework.selectors.drafts import draft_of
from kimwerk.casework.types import CaseKind, CaseState, Priority
from kimwerk.casework.web.pages import CaseHead
from kimwerk.casework.web.wording import PRIORITIES, STATES
from kimwerk.casework.words import KINDS
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.persons.models import Person
from kimwerk.persons.web.pacing import keep_pace
from kimwerk.ui.components import Crumb, Tab


def file_of(request: ActorRequest, pk: int) -> Case:
    """The case, if the actor may read it; recorded as read."""
    keep_pace(request)
    case = readable(request.actor, pk)
    if case is None:
        raise Http404
    return case


def opened(request: ActorRequest, person_id: int | None) -> None:
    """What follows tells of this person: recorded as read, at the pace of every file. None: of nobody."""
    if person_id is not None:
        keep_pace(request)
        record_read(actor=request.actor, subject_type=Person._meta.db_table, subject_id=str(person_id))


def writable(request: ActorRequest, pk: int) -> Case:
    """The case, if the actor may write to it now."""
    case = file_of(request, pk)
    if not may_write(request.actor, case):
        raise Http404
    return case


def head_of(actor: Actor, case: Case, current: str) -> CaseHead:
    """What stands above every page of a case; `current` is the route of the page."""
    works = may_work_on(actor, case)
    return CaseHead(
        case=case,
        name=case.person.display_name,
        state=_state(case),
        badge=STATES[CaseState(case.state)],
        tabs=tuple(Tab(title, reverse(route, args=[case.pk]), is_current=route == current) for route, title in tabs()),
        crumbs=(list_crumb(actor, case),),
        may_write=may_write(actor, case),
        guest="" if works else _("You may read this case for a while. The case manager sees that you did."),
        leave_url="" if works else _leave_url(actor, case),
    )


def _leave_url(actor: Actor, case: Case) -> str:
    """Where the actor ends looking into the case."""
    insight = Insight.objects.opened_by(actor).in_force().filter(case=case).order_by("-ends_at").first()
    return reverse("casework:end_insight", args=[case.pk, insight.pk]) if insight else ""


def tabs() -> tuple[tuple[str, Text], ...]:
    """The parts of a case, each with its route."""
    return (
        ("casework:case", _("Overview")),
        ("casework:situation", _("Situation")),
        ("casework:plan", _("Goals and steps")),
        ("casework:contacts", _("Contacts of the case")),
        ("casework:linking", _("Referrals and conferences")),
        ("casework:history", _("History")),
    )


def crumbs_to(actor: Actor, case: Case | None = None) -> tuple[Crumb, ...]:
    """The way to a case, and to what belongs to it."""
    top = list_crumb(actor, case)
    return (top,) if case is None else (top, Crumb(case.number, reverse("casework:case", args=[case.pk])))


def list_crumb(actor: Actor, case: Case | None = None) -> Crumb:
    """The list in which the actor finds the case: that of the team for whoever does not work on it."""
    if case is None or may_work_on(actor, case):
        return Crumb(_("My cases"), reverse("casework:list"))
    return Crumb(_("Cases of the team"), reverse("casework:overview"))


def _state(case: Case) -> str:
    parts = [case.number, str(KINDS[CaseKind(case.kind)]), case.municipality.name]
    if case.priority != Priority.NORMAL.value:
        parts.append(_("priority %(priority)s") % {"priority": PRIORITIES[Priority(case.priority)]})
    if case.closed_on:
        parts.append(_("closed on %(day)s") % {"day": german.day(case.closed_on)})
    else:
        parts.append(_("since %(day)s") % {"day": german.day(case.opened_on)})
    return " · ".join(parts)


def resume(request: ActorRequest, case: Case, name: str, form: forms.Form) -> None:
    """Let a form that was not sent yet go on where it was left."""
    content = "" if form.is_bound else draft_of(request.actor, case, name)
    if content:
        sent = QueryDict(content)
        for field_name, field in form.fields.items():
            form.initial[field_name] = field.widget.value_from_datadict(sent, MultiValueDict(), field_name)


def keep_url(case: Case, form: str, url: str) -> str:
    """Where a form is kept while it is written."""
    query = QueryDict(mutable=True)
    query.update({"form": form, "url": url})
    return f"{reverse('casework:draft', args=[case.pk])}?{query.urlencode()}"
