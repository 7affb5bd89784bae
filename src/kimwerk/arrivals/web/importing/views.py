"""The way of a list: choose the file, say what the columns mean, look at every row, bring it in, take it back."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.states import WORKING, TallyState, Verdict
from kimwerk.activities.uploads.running import TallyForgotten, TallyNotReady
from kimwerk.arrivals.models import ListImport, ListRow
from kimwerk.arrivals.selectors.contracts import collected_columns
from kimwerk.arrivals.services import OccasionClosed
from kimwerk.arrivals.services.importing.applying import ConfirmationNeeded, change_share, order_applying
from kimwerk.arrivals.services.importing.correcting import RowIsFine, correct_row
from kimwerk.arrivals.services.importing.reading import MAPPABLE, PlanRefused, choose_sheet, save_plan
from kimwerk.arrivals.services.importing.running import cancel_import, order_again, order_check, upload_list
from kimwerk.arrivals.services.importing.undoing import undo_list, undo_numbers
from kimwerk.arrivals.web.importing.forms import MappingForm, UploadForm
from kimwerk.arrivals.web.importing.pages import UploadPage
from kimwerk.arrivals.web.importing.showing import list_page, mapping_page, result_page, to_imports, waiting_page
from kimwerk.arrivals.web.importing.wording import GAPS, REFUSALS, VERDICTS
from kimwerk.arrivals.web.pages import ConfirmPage
from kimwerk.arrivals.web.within import places_of, seen_occasion
from kimwerk.audit.services import record_read
from kimwerk.kernel import german
from kimwerk.kernel.sheets import FileRefused
from kimwerk.ui.components import Confirmation, Crumb, Tone
from kimwerk.ui.notices import notify

KEEP, CHECK = Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK
S = TallyState


def seen_import(request: ActorRequest, pk: int) -> ListImport:
    """An import of one's own, or of one's organisation where one checks everything; 404 for anybody else."""
    found = ListImport.objects.visible_to(request.actor).select_related("occasion__organisation", "uploaded_by")
    return get_object_or_404(found, pk=pk)


@require_GET
@needs(KEEP, CHECK)
def imports(request: ActorRequest, pk: int) -> HttpResponse:
    """The lists brought in for an occasion, newest first."""
    page = list_page(request.actor, seen_occasion(request, pk))
    return render(request, "arrivals/parts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def upload(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose the file; it is read as soon as it is here."""
    occasion = seen_occasion(request, pk)
    form = UploadForm(request.POST if request.method == "POST" else None, request)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = upload_list(actor=request.actor, occasion=occasion, file_name=file.name, pieces=file.chunks())
        except FileRefused as refused:
            form.add_error("file", str(REFUSALS[refused.code]))
        else:
            return redirect("arrivals:import", pk=brought.pk)
    form.says_cut_off()
    page = UploadPage(form, to_imports(occasion), reverse("arrivals:imports", args=[pk]))
    return render(request, "arrivals/import_upload.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(KEEP, CHECK)
def brought(request: ActorRequest, pk: int) -> HttpResponse:
    """The import as it stands: being worked on, refused, waiting for its columns, or with every row's verdict."""
    found = seen_import(request, pk)
    state = S(found.state)
    if state in WORKING or state is S.REFUSED:
        return render(request, "arrivals/import_waiting.html", {"page": waiting_page(found)})
    if state is S.MAPPING:
        return redirect("arrivals:import_mapping", pk=pk)
    page = result_page(request.actor, found, request.GET)
    if page.rows:
        table = ListRow._meta.db_table
        record_read(actor=request.actor, subject_type=table, subject_id=str(pk), amount=len(page.rows))
    return render(request, "arrivals/import_result.html", {"page": page})


@require_GET
@needs(KEEP, CHECK)
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """How far a worker is, for the page to follow; when it is done the page shows itself anew."""
    found = seen_import(request, pk)
    if S(found.state) not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "arrivals/_import_waiting.html", {"page": waiting_page(found)})


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def mapping(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what the columns mean, and have every row checked."""
    found = seen_import(request, pk)
    if found.state not in MAPPABLE or not found.sheets:
        return redirect("arrivals:import", pk=pk)
    places = places_of(request, found.occasion, KEEP, CHECK)
    collected = {field.value for field in collected_columns(found.organisation_id)}
    form = MappingForm(found, places, collected, request.POST if request.method == "POST" else None)
    gaps: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            save_plan(actor=request.actor, pk=pk, plan=form.chosen())
            order_check(actor=request.actor, pk=pk)
            return redirect("arrivals:import", pk=pk)
        except PlanRefused as refused:
            gaps = tuple(GAPS[gap] for gap in refused.gaps)
        except (TallyNotReady, TallyForgotten):
            return _overtaken(request, pk)
    page = mapping_page(request.actor, found, form, gaps)
    is_wrong = bool(gaps or form.errors)
    return render(request, "arrivals/import_mapping.html", {"page": page}, status=422 if is_wrong else 200)


@require_POST
@needs(KEEP, CHECK)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    seen_import(request, pk)
    number = request.POST.get("sheet", "")
    try:
        choose_sheet(actor=request.actor, pk=pk, sheet=int(number) if number.isdecimal() else -1)
    except (TallyNotReady, TallyForgotten):
        return _overtaken(request, pk)
    return redirect("arrivals:import_mapping", pk=pk)


@require_POST
@needs(KEEP, CHECK)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Check again, or order again what a worker has died over."""
    errand = order_again if S(seen_import(request, pk).state) in WORKING else order_check
    try:
        errand(actor=request.actor, pk=pk)
    except (TallyNotReady, TallyForgotten):
        return _overtaken(request, pk)
    return redirect("arrivals:import", pk=pk)


@require_POST
@needs(KEEP, CHECK)
def row(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Correct cells of a rejected row; it is judged again at once."""
    seen_import(request, pk)
    sent = ((name.removeprefix("cell_"), str(text)) for name, text in request.POST.items() if name.startswith("cell_"))
    cells = {int(at): text for at, text in sent if at.isascii() and at.isdecimal()}
    try:
        verdict = correct_row(actor=request.actor, pk=pk, number=number, cells=cells)
    except (TallyNotReady, RowIsFine):
        return _overtaken(request, pk)
    except ListRow.DoesNotExist as error:
        raise Http404 from error
    if verdict is Verdict.REJECTED:
        notify(request, _("Row %(number)d is still rejected.") % {"number": number}, tone=Tone.WARNING)
    else:
        said = _("Row %(number)d is fine now: %(verdict)s.")
        notify(request, said % {"number": number, "verdict": VERDICTS[verdict].label})
    back = request.POST.get("back", "")
    return redirect(f"{reverse('arrivals:import', args=[pk])}{back if back.startswith('?') else ''}#rows")


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring the rows onto the list; asks once more where unusually much would change."""
    found = seen_import(request, pk)
    if request.method == "POST":
        try:
            order_applying(actor=request.actor, pk=pk, is_confirmed="confirmed" in request.POST)
        except ConfirmationNeeded:
            return redirect("arrivals:import_apply", pk=pk)
        except OccasionClosed:
            notify(request, _("The occasion is closed. Ask the coordination."), tone=Tone.WARNING)
        except (TallyNotReady, TallyForgotten):
            return _overtaken(request, pk)
        return redirect("arrivals:import", pk=pk)
    if found.state != S.CHECKED:
        return redirect("arrivals:import", pk=pk)
    share = change_share(found)
    said = {"changed": german.number(share.changed), "known": german.number(share.known), "percent": share.percent}
    lines = (
        _("%(changed)s of %(known)s rows that the list has change: %(percent)s %%.") % said,
        _("Both versions are kept, and you can take the whole import back."),
    )
    question = _("Often that means that a column has the wrong meaning. Bring it in all the same?")
    label = _("Change %(changed)s rows") % said
    return _asked(request, found, _("This import changes unusually much"), question, label, lines)


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the whole import back; says before what that means."""
    found = seen_import(request, pk)
    if found.state != S.APPLIED:
        return redirect("arrivals:import", pk=pk)
    if request.method == "POST":
        try:
            undo_list(actor=request.actor, pk=pk)
        except TallyNotReady:
            return _overtaken(request, pk)
        notify(request, _("The import is taken back."))
        return redirect("arrivals:import", pk=pk)
    numbers = undo_numbers(found)
    lines = [
        ngettext("%(n)s row is removed again.", "%(n)s rows are removed again.", numbers.removed)
        % {"n": german.number(numbers.removed)},
        ngettext("%(n)s row becomes as it was.", "%(n)s rows become as they were.", numbers.restored)
        % {"n": german.number(numbers.restored)},
        ngettext(
            "%(n)s row that somebody has worked on since stays.",
            "%(n)s rows that somebody has worked on since stay.",
            numbers.kept,
        )
        % {"n": german.number(numbers.kept)},
    ]
    question = _("What “%(file)s” brought onto the list is taken back.") % {"file": found.file_name}
    label = _("Take the import back")
    return _asked(request, found, label, question, label, tuple(lines))


def _asked(
    request: ActorRequest, found: ListImport, title: str, question: str, label: str, lines: tuple[str, ...]
) -> HttpResponse:
    url = reverse("arrivals:import", args=[found.pk])
    confirmation = Confirmation(question=question, label=label, cancel_url=url, consequences=lines, is_dangerous=True)
    page = ConfirmPage(title, (*to_imports(found.occasion), Crumb(found.file_name, url)), confirmation)
    return render(request, "arrivals/import_confirm.html", {"page": page})


@require_POST
@needs(KEEP, CHECK)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    seen_import(request, pk)
    try:
        cancel_import(actor=request.actor, pk=pk)
    except TallyNotReady:
        return _overtaken(request, pk)
    return redirect("arrivals:import", pk=pk)


def _overtaken(request: ActorRequest, pk: int) -> HttpResponse:
    """Something has happened to the import in the meantime: show how it stands now."""
    notify(request, _("This import has moved on in the meantime. This is how it stands now."), tone=Tone.INFO)
    return redirect("arrivals:import", pk=pk)
