"""The way of an import: choose the file, say what the columns mean, look at every row, enter it, take it back."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import TallyImport, TallyRow
from kimwerk.activities.policies import import_homes
from kimwerk.activities.selectors.book import book_of
from kimwerk.activities.services.tallies.applying import ConfirmationNeeded, change_share, confirm_changes
from kimwerk.activities.services.tallies.cancelling import cancel_tally
from kimwerk.activities.services.tallies.correcting import RowIsFine, correct_row
from kimwerk.activities.services.tallies.orders import order_again, order_applying, order_check, order_reading
from kimwerk.activities.services.tallies.planning import MAPPABLE, PlanRefused, choose_sheet, save_mapping
from kimwerk.activities.services.tallies.states import TallyForgotten, TallyNotReady
from kimwerk.activities.services.tallies.undoing import undo_numbers, undo_tally
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.states import WORKING, TallyState, Verdict
from kimwerk.activities.tally_texts import WORDS, refusal_text
from kimwerk.activities.web.tallies.forms import MIB, MappingForm, UploadForm
from kimwerk.activities.web.tallies.pages import ConfirmPage, RefusedPage, UploadPage
from kimwerk.activities.web.tallies.showing import list_page, mapping_page, result_page, waiting_page
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.kernel.sheets import FileRefused
from kimwerk.ui.components import Action, Confirmation, Tone
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.ACTIVITY_IMPORT)
def imports(request: ActorRequest) -> HttpResponse:
    """One's imports, newest first."""
    return render(request, "activities/imports.html", {"page": list_page(request.actor, request.GET)})


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_IMPORT)
def upload(request: ActorRequest) -> HttpResponse:
    """Choose the file; it is read as soon as it is here."""
    form = UploadForm(_homes(request), request.POST if request.method == "POST" else None, request)
    if request.method == "POST" and form.is_valid():
        try:
            tally = upload_tally(
                actor=request.actor,
                organisation_id=form.cleaned_data["organisation"],
                file_name=form.cleaned_data["file"].name,
                pieces=form.cleaned_data["file"].chunks(),
            )
        except FileRefused as refused:
            form.add_error("file", refusal_text(refused.code, refused.detail))
        else:
            order_reading(actor=request.actor, tally=tally)
            return redirect("activities:import", pk=tally.pk)
    form.says_cut_off()
    page = UploadPage(form, settings.TALLY_UPLOAD_LIMIT // MIB)
    return render(request, "activities/import_upload.html", {"page": page}, status=422 if form.errors else 200)


def _homes(request: ActorRequest) -> tuple[tuple[int, str], ...]:
    homes = import_homes(request.actor)
    names = dict(Organisation.objects.filter(pk__in=homes).values_list("pk", "name"))
    return tuple((home, names[home]) for home in homes)


@require_GET
@needs(Permission.ACTIVITY_IMPORT)
def tally(request: ActorRequest, pk: int) -> HttpResponse:
    """The import as it stands: being worked on, refused, waiting for its columns, or with every row's verdict."""
    found = _visible(request, pk)
    state = TallyState(found.state)
    if state in WORKING:
        return render(request, "activities/import_waiting.html", {"page": waiting_page(found)})
    if state is TallyState.REFUSED:
        action = Action(_("Choose another file"), reverse("activities:import_upload"))
        page = RefusedPage(found, refusal_text(found.refusal, found.refusal_detail), action)
        return render(request, "activities/import_refused.html", {"page": page})
    if state is TallyState.MAPPING:
        return redirect("activities:import_mapping", pk=pk)
    result = result_page(found, request.GET)
    return render(request, "activities/import_result.html", {"page": result})


@require_GET
@needs(Permission.ACTIVITY_IMPORT)
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """How far a worker is, for the page to follow; when it is done the page shows itself anew."""
    found = _visible(request, pk)
    if TallyState(found.state) not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "activities/_import_waiting.html", {"page": waiting_page(found)})


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_IMPORT)
def mapping(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what the columns mean; with `preview` only look how the first rows would then be read."""
    found = _visible(request, pk)
    if found.state not in MAPPABLE or not found.sheets:
        return redirect("activities:import", pk=pk)
    form = MappingForm(found, book_of({found.organisation_id}), request.POST if request.method == "POST" else None)
    says_gaps = request.method == "POST" and "preview" not in request.POST
    if says_gaps and form.is_valid():
        try:
            save_mapping(actor=request.actor, tally_id=pk, plan=form.chosen())
            order_check(actor=request.actor, tally_id=pk)
            return redirect("activities:import", pk=pk)
        except PlanRefused:
            form.add_error(None, _("Something is still missing; it stands below."))
        except (TallyNotReady, TallyForgotten):
            return _overtaken(request, pk)
    page = mapping_page(request.actor, found, form, says_gaps=says_gaps)
    return render(request, "activities/import_mapping.html", {"page": page}, status=422 if says_gaps else 200)


@require_POST
@needs(Permission.ACTIVITY_IMPORT)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    _visible(request, pk)
    number = request.POST.get("sheet", "")
    try:
        choose_sheet(actor=request.actor, tally_id=pk, sheet=int(number) if number.isdecimal() else -1)
    except (TallyNotReady, TallyForgotten):
        return _overtaken(request, pk)
    return redirect("activities:import_mapping", pk=pk)


@require_POST
@needs(Permission.ACTIVITY_IMPORT)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Check again, or order again what a worker has died over."""
    found = _visible(request, pk)
    try:
        if TallyState(found.state) in WORKING:
            order_again(actor=request.actor, tally_id=pk)
        else:
            order_check(actor=request.actor, tally_id=pk)
    except (TallyNotReady, TallyForgotten):
        return _overtaken(request, pk)
    return redirect("activities:import", pk=pk)


@require_POST
@needs(Permission.ACTIVITY_IMPORT)
def row(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Correct cells of a rejected row; it is judged again at once."""
    _visible(request, pk)
    cells = {
        int(name.removeprefix("cell_")): str(text)
        for name, text in request.POST.items()
        if name.startswith("cell_") and name.removeprefix("cell_").isdecimal()
    }
    try:
        corrected = correct_row(
            actor=request.actor, tally_id=pk, number=number, cells=cells, is_everywhere="everywhere" in request.POST
        )
    except (TallyNotReady, RowIsFine):
        return _overtaken(request, pk)
    except TallyRow.DoesNotExist as error:
        raise Http404 from error
    _say_verdicts(request, number, [Verdict(each.verdict) for each in corrected])
    back = request.POST.get("back", "")
    query = back if back.startswith("?") else ""
    return redirect(f"{reverse('activities:import', args=[pk])}{query}#rows")


def _say_verdicts(request: ActorRequest, number: int, verdicts: list[Verdict]) -> None:
    verdict, fine = verdicts[0], sum(each is not Verdict.REJECTED for each in verdicts)
    if len(verdicts) > 1:
        said = ngettext(
            "Corrected in %(all)s rows; %(n)s is fine now.", "Corrected in %(all)s rows; %(n)s are fine now.", fine
        )
        notify(request, said % {"all": german.number(len(verdicts)), "n": german.number(fine)})
    elif verdict is Verdict.REJECTED:
        notify(request, _("Row %(number)d is still rejected.") % {"number": number}, tone=Tone.WARNING)
    else:
        said = _("Row %(number)d is fine now: %(verdict)s.")
        notify(request, said % {"number": number, "verdict": WORDS[verdict]})


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_IMPORT)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter the rows into the diary; asks once more where unusually much would change."""
    found = _visible(request, pk)
    if request.method == "POST":
        try:
            if "confirmed" in request.POST:
                confirm_changes(actor=request.actor, tally_id=pk)
            order_applying(actor=request.actor, tally_id=pk)
        except ConfirmationNeeded:
            return redirect("activities:import_apply", pk=pk)
        except (TallyNotReady, TallyForgotten):
            return _overtaken(request, pk)
        return redirect("activities:import", pk=pk)
    if found.state != TallyState.CHECKED:
        return redirect("activities:import", pk=pk)
    return render(request, "activities/import_confirm.html", {"page": _apply_question(found)})


def _apply_question(found: TallyImport) -> ConfirmPage:
    share = change_share(found)
    numbers = {
        "changed": german.number(share.changed),
        "known": german.number(share.known),
        "percent": share.percent,
        "by_hand": german.number(share.by_hand),
        "created": german.number(found.counts.get("entries", 0)),
    }
    consequences = [
        _("%(changed)s of %(known)s entries that this file speaks of change: %(percent)s %%.") % numbers,
        _("%(created)s entries are new.") % numbers,
    ]
    if share.by_hand:
        consequences.append(_("%(by_hand)s of the changed ones were corrected by hand since; that is lost.") % numbers)
    consequences.append(_("You can take the whole import back afterwards."))
    return ConfirmPage(
        found,
        _("This import changes unusually much"),
        Confirmation(
            question=_("Often that means that a column has the wrong meaning. Enter it all the same?"),
            label=_("Change %(changed)s entries") % numbers,
            cancel_url=reverse("activities:import", args=[found.pk]) + "?verdict=changed",
            consequences=tuple(consequences),
            is_dangerous=True,
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_IMPORT)
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the whole import back; says before what that means."""
    found = _visible(request, pk)
    if found.state != TallyState.APPLIED:
        return redirect("activities:import", pk=pk)
    if request.method == "POST":
        try:
            undo_tally(actor=request.actor, tally_id=pk)
        except TallyNotReady:
            return _overtaken(request, pk)
        notify(request, _("The import is taken back."))
        return redirect("activities:import", pk=pk)
    return render(request, "activities/import_confirm.html", {"page": _undo_question(found)})


def _undo_question(found: TallyImport) -> ConfirmPage:
    numbers = undo_numbers(found)
    lines = [
        ngettext("%(n)s entry is removed again.", "%(n)s entries are removed again.", numbers.removed)
        % {"n": german.number(numbers.removed)}
    ]
    if numbers.restored:
        lines.append(
            ngettext(
                "%(n)s changed entry becomes as it was before.",
                "%(n)s changed entries become as they were before.",
                numbers.restored,
            )
            % {"n": german.number(numbers.restored)}
        )
    if numbers.kept:
        lines.append(
            ngettext(
                "%(n)s entry that somebody changed since stays as it is.",
                "%(n)s entries that somebody changed since stay as they are.",
                numbers.kept,
            )
            % {"n": german.number(numbers.kept)}
        )
    return ConfirmPage(
        found,
        _("Take the import back"),
        Confirmation(
            question=_("What “%(file)s” brought into the diary is taken back.") % {"file": found.file_name},
            label=_("Take the import back"),
            cancel_url=reverse("activities:import", args=[found.pk]),
            consequences=tuple(lines),
            is_dangerous=True,
        ),
    )


@require_POST
@needs(Permission.ACTIVITY_IMPORT)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    _visible(request, pk)
    try:
        cancel_tally(actor=request.actor, tally_id=pk)
    except TallyNotReady:
        return _overtaken(request, pk)
    return redirect("activities:import", pk=pk)


def _visible(request: ActorRequest, pk: int) -> TallyImport:
    return get_object_or_404(TallyImport.objects.visible_to(request.actor).select_related("uploaded_by"), pk=pk)


def _overtaken(request: ActorRequest, pk: int) -> HttpResponse:
    """Something has happened to the import in the meantime: show how it stands now."""
    notify(request, _("This import has moved on in the meantime. This is how it stands now."), tone=Tone.INFO)
    return redirect("activities:import", pk=pk)
