"""What becomes of rows in the end: a file for who agreed, and the erasure of an occasion."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.policies import may_take_into_care
from kimwerk.arrivals.services import NotAgreed, erase_occasion, take_into_care
from kimwerk.arrivals.web.office_forms import AgreedForm
from kimwerk.arrivals.web.pages import ConfirmPage, FormPage
from kimwerk.arrivals.web.within import kept_occasion, seen_row, to_row, to_rows
from kimwerk.kernel import german
from kimwerk.persons.services import PersonRefused
from kimwerk.ui.components import Confirmation
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.REGISTRATION_KEEP)
def take(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a file for somebody who agreed to be counselled; their consent is written down next."""
    row = seen_row(request, pk)
    if not may_take_into_care(request.actor, row) or row.merged_into_id is not None:
        raise Http404
    form = AgreedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_into_care(actor=request.actor, registration=row, agreed_on=form.cleaned_data["agreed_on"])
        except NotAgreed:
            form.add_error("agreed_on", _("This lies before the arrival or in the future. Check the day."))
        except PersonRefused:
            form.add_error(None, _("What the row says is not enough for a file. Correct the row first."))
        else:
            notify(request, _("The file is open and entrusted to you. Write down the consent now, then open the case."))
            return redirect("consent:declare", taken.person_id)
    lead = _("Only who wants to be counselled gets a file. The row itself stays on the list as it is.")
    page = FormPage(
        _("Open a file"), to_row(row), (form,), _("Open a file"), reverse("arrivals:row", args=[pk]), lead=lead
    )
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.REGISTRATION_CHECK)
def erase(request: ActorRequest, pk: int) -> HttpResponse:
    """Erase everything of an occasion whose time is over."""
    occasion = kept_occasion(request, pk)
    if not Occasion.objects.to_be_erased(timezone.localdate()).filter(pk=pk).exists():
        raise Http404
    if request.method == "POST":
        erasure = erase_occasion(actor=request.actor, occasion=occasion)
        said = ngettext("%(count)s row is erased.", "%(count)s rows are erased.", erasure.rows)
        notify(request, said % {"count": erasure.rows})
        return redirect("arrivals:occasions")
    ended = german.day(occasion.ends_on) if occasion.ends_on else ""
    confirmation = Confirmation(
        question=_("%(occasion)s ended on %(day)s. Erase its lists now?") % {"occasion": occasion.name, "day": ended},
        label=_("Erase the lists"),
        cancel_url=reverse("arrivals:occasions"),
        consequences=(
            _("All rows go with their earlier versions, here and at the offices, with invitations and places."),
            _("Files of people who agreed to be counselled stay; they have their own time."),
            _("What stays: the protocol, the receipts with their hashes, and people counted by week, place and need."),
            _("Files that offices took out are theirs to delete. Tell them."),
        ),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Erase the lists"), to_rows(occasion), confirmation)
    return render(request, "arrivals/confirm.html", {"page": page})
