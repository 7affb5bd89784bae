"""What offices need of the lists: published by the office, put into force by the keeper, read by all."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import ListContract
from kimwerk.arrivals.policies import may_check, may_receive
from kimwerk.arrivals.selectors.contracts import collected_columns, contracts_seen
from kimwerk.arrivals.services import ContractRefused, accept_contract, end_contract, publish_contract
from kimwerk.arrivals.types import OfficeKind
from kimwerk.arrivals.web.office_forms import AcceptForm, ContractForm
from kimwerk.arrivals.web.pages import Errand, FormPage, Part, SheetPage
from kimwerk.arrivals.web.wording import CONTRACT_PROBLEMS, OFFICES, columns_text, left_out_text
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Row, Table, Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

RECEIVE, CHECK = Permission.REGISTRATION_RECEIVE, Permission.REGISTRATION_CHECK
READERS = (Permission.REGISTRATION_KEEP, CHECK, RECEIVE, Permission.DISCLOSURE_REVIEW)


@require_GET
@needs(*READERS)
def contracts(request: ActorRequest) -> HttpResponse:
    """Every version that the actor may read, and what nobody collects because of them."""
    found = paged(contracts_seen(request.actor), request.GET)
    columns = (Column(_("Office")), Column(_("Columns")), Column(_("Law")), Column(_("State")))
    rows = tuple(
        Row(
            (
                Cell(each.recipient.name, _address(each), note=OFFICES[OfficeKind(each.kind)]),
                Cell(columns_text(each.columns)),
                Cell(each.statutory_basis.law, note=each.purpose.label),
                Cell(badge=_badge(each), note=_("version %(number)s") % {"number": each.number}),
            )
        )
        for each in found.items
    )
    publish = Action(_("Say what we need"), reverse("arrivals:publish_contract"), "add")
    page = SheetPage(
        title=_("What the offices need"),
        state=_("An office sees these columns and no others. What no office needs is not collected."),
        crumbs=(),
        action=publish if request.actor.can(RECEIVE) else None,
        alert=_left_out(found.items),
        parts=(
            Part(
                "versions",
                _("Versions"),
                Table(_("Versions"), columns, rows, is_caption_hidden=True),
                _("No office has said yet what it needs. Until one does, nobody can be registered."),
            ),
        ),
        pagination=found.pagination if rows else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_GET
@needs(*READERS)
def contract(request: ActorRequest, pk: int) -> HttpResponse:
    """One version as it was published."""
    found = _seen(request, pk)
    page = SheetPage(
        title=found.recipient.name,
        state=_("version %(number)s") % {"number": found.number},
        crumbs=_crumbs(),
        badge=_badge(found),
        action=_action(request, found),
        facts=_facts(found),
        errands=_errands(request, found),
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(RECEIVE)
def publish(request: ActorRequest) -> HttpResponse:
    """Say what one's office needs, as the first or the next version."""
    before = ListContract.objects.received_by(request.actor).order_by("-pk").first()
    offices = Organisation.objects.filter(pk__in=request.actor.scope(RECEIVE).organisations)
    keepers = Organisation.objects.existing(timezone.localdate()).filter(is_controller=True).exclude(pk__in=offices)
    form = ContractForm(
        request.POST if request.method == "POST" else None,
        offices=offices,
        keepers=keepers.filter(district__in=offices.values("district")).order_by("sort_key"),
        before=before,
    )
    if request.method == "POST" and form.is_valid():
        try:
            published = publish_contract(actor=request.actor, facts=form.facts())
        except ContractRefused as refused:
            form.add_error("columns", str(CONTRACT_PROBLEMS[str(refused)]))
        else:
            notify(request, _("Published. It holds as soon as the keeper of the lists puts it into force."))
            return redirect("arrivals:contract", published.pk)
    cancel = reverse("arrivals:contracts")
    page = FormPage(_("Say what we need"), _crumbs(), (form,), _("Publish"), cancel)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a version into force."""
    found = _kept(request, pk)
    if not found.is_waiting:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_contract(actor=request.actor, contract=found, valid_from=form.cleaned_data["valid_from"])
        except ContractRefused as refused:
            form.add_error("valid_from", str(CONTRACT_PROBLEMS[str(refused)]))
        else:
            notify(request, _("The version holds from that day. The one before ends with it."))
            return redirect("arrivals:contract", pk)
    lead = _("%(office)s may have: %(columns)s.") % {
        "office": found.recipient.name,
        "columns": columns_text(found.columns),
    }
    crumbs = (*_crumbs(), Crumb(found.recipient.name, _address(found)))
    page = FormPage(_("Put into force"), crumbs, (form,), _("Put into force"), _address(found), lead=lead)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(CHECK)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a version without a next one."""
    end_contract(actor=request.actor, contract=_kept(request, pk))
    notify(request, _("Ended. The office fetches nothing any more."))
    return redirect("arrivals:contract", pk)


def _seen(request: ActorRequest, pk: int) -> ListContract:
    return get_object_or_404(contracts_seen(request.actor), pk=pk)


def _kept(request: ActorRequest, pk: int) -> ListContract:
    return get_object_or_404(ListContract.objects.accepted_by(request.actor).select_related("recipient"), pk=pk)


def _address(found: ListContract) -> str:
    return reverse("arrivals:contract", args=[found.pk])


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("What the offices need"), reverse("arrivals:contracts")),)


def _badge(found: ListContract) -> Badge:
    today = timezone.localdate()
    if found.valid_from is None:
        return Badge(_("waits to be put into force"), Tone.WARNING)
    if found.ended_on is not None and found.ended_on <= today:
        return Badge(_("ended on %(day)s") % {"day": german.day(found.ended_on)})
    if found.valid_from > today:
        return Badge(_("from %(day)s") % {"day": german.day(found.valid_from)}, Tone.INFO)
    return Badge(_("in force since %(day)s") % {"day": german.day(found.valid_from)}, Tone.SUCCESS)


def _facts(found: ListContract) -> tuple[Fact, ...]:
    published = {"day": german.day(timezone.localdate(found.published_at)), "name": found.published_by.display_name}
    return (
        Fact(_("Task, and so whom it sees"), OFFICES[OfficeKind(found.kind)]),
        Fact(_("Columns"), columns_text(found.columns)),
        Fact(_("What for"), found.purpose.label),
        Fact(_("Law"), str(found.statutory_basis)),
        Fact(_("Why these columns"), found.reason),
        Fact(_("Lists of"), found.organisation.name),
        Fact(_("Published"), _("%(day)s by %(name)s") % published),
        *((Fact(_("Put into force by"), found.accepted_by.display_name),) if found.accepted_by else ()),
    )


def _action(request: ActorRequest, found: ListContract) -> Action | None:
    if found.is_waiting and may_check(request.actor, found.organisation_id):
        return Action(_("Put into force"), reverse("arrivals:accept_contract", args=[found.pk]))
    if may_receive(request.actor, found.recipient_id):
        return Action(_("Publish the next version"), reverse("arrivals:publish_contract"))
    return None


def _errands(request: ActorRequest, found: ListContract) -> tuple[Errand, ...]:
    is_running = found.valid_from is not None and found.ended_on is None
    if is_running and may_check(request.actor, found.organisation_id):
        return (Errand(_("End it from today"), reverse("arrivals:end_contract", args=[found.pk])),)
    return ()


def _left_out(found: tuple[ListContract, ...]) -> str:
    organisations = {each.organisation_id for each in found}
    return left_out_text(collected_columns(organisations.pop())) if len(organisations) == 1 else ""
