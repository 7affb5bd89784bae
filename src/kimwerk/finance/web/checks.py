"""Recomputing a cost table that somebody else has made."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.checking import Checked, Unreadable, check_workbook
from kimwerk.finance.checking_words import deviation_in_words
from kimwerk.finance.web.forms import LARGEST_MIB, CheckForm
from kimwerk.finance.web.pages import CheckPage
from kimwerk.ui.uploads import is_too_large

MIB = 1024 * 1024


@needs(Permission.FINANCE_READ)
def check(request: ActorRequest) -> HttpResponse:
    """Upload a table; the page names every deviation. Nothing is kept."""
    form = CheckForm(request.POST or None, request.FILES or None)
    found = _checked(request, form) if request.method == "POST" else None
    page = CheckPage(
        title=_("Check a cost table"),
        state=_("Sums, balance, percentages and rates per head are recomputed, cell by cell"),
        form=form,
        verdict=_verdict(found) if found else "",
        is_clean=found is not None and not found.deviations,
        deviations=tuple(deviation_in_words(each) for each in found.deviations) if found else (),
    )
    return render(request, "finance/check.html", {"page": page})


def _checked(request: ActorRequest, form: CheckForm) -> Checked | None:
    if not form.is_valid() and not is_too_large(request):
        return None
    file = form.cleaned_data.get("file")
    if is_too_large(request) or file is None or file.size > LARGEST_MIB * MIB:
        form.add_error("file", _("The file is larger than %(size)s MB. Choose a smaller one.") % {"size": LARGEST_MIB})
        return None
    try:
        return check_workbook(file.read())
    except Unreadable:
        form.add_error("file", _("There is no cost table in it: a row of years, lines, and a sum of expenditure."))
        return None


def _verdict(found: Checked) -> str:
    if not found.deviations:
        return _("All %(count)s sums and rates come out.") % {"count": found.checked}
    count = len(found.deviations)
    text = ngettext("%(count)s deviation in %(checked)s cells.", "%(count)s deviations in %(checked)s cells.", count)
    return text % {"count": count, "checked": found.checked}
