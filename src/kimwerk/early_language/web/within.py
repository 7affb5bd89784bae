"""What the views of the language programme share: the way to them, and how a form page is shown."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.early_language.models import Enquiry, Kindergarten
from kimwerk.early_language.types import NOT_DONE, EarlyLanguageProblem, EarlyLanguageRefused, EnquiryState
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Crumb, Tone
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import asking

READ, KEEP = Permission.EARLY_LANGUAGE_READ, Permission.EARLY_LANGUAGE_KEEP
REFUSALS: dict[EarlyLanguageProblem, tuple[str | None, Text]] = {
    EarlyLanguageProblem.OVER: (None, _("Nothing becomes of this enquiry any more. Nothing was changed.")),
    EarlyLanguageProblem.REASON_MISSING: ("reason", _("Say why: it is the only way to see what stands in the way.")),
    EarlyLanguageProblem.DAY_MISSING: ("day", _("Say for which day it is agreed, or on which it was carried out.")),
    EarlyLanguageProblem.IN_THE_FUTURE: (None, _("This day is still to come.")),
    EarlyLanguageProblem.PARTNER_MISSING: ("partner", _("Say with whom the talk was.")),
    EarlyLanguageProblem.NAME_TAKEN: (None, _("There is one of this name already.")),
}
TONES = {EnquiryState.OPEN: Tone.WARNING, EnquiryState.AGREED: Tone.INFO, EnquiryState.DONE: Tone.SUCCESS}


def seen_kindergarten(request: ActorRequest, pk: int) -> Kindergarten:
    """A kindergarten that the actor reads; 404 for anybody else."""
    return get_object_or_404(Kindergarten.objects.visible_to(request.actor).select_related("municipality"), pk=pk)


def kept_kindergarten(request: ActorRequest, pk: int) -> Kindergarten:
    """A kindergarten that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Kindergarten.objects.kept_by(request.actor).select_related("municipality"), pk=pk)


def home_of(request: ActorRequest) -> int:
    """The organisation whose language programme the actor keeps."""
    return min(request.actor.scope(KEEP).touched_organisations)


def to_list(name: str, title: Text) -> tuple[Crumb, ...]:
    """The way to one of the lists."""
    return (Crumb(title, reverse(f"early_language:{name}")),)


def to_kindergarten(kindergarten: Kindergarten) -> tuple[Crumb, ...]:
    """The way to a kindergarten."""
    page = Crumb(kindergarten.name, reverse("early_language:kindergarten", args=[kindergarten.pk]))
    return (*to_list("kindergartens", _("Kindergartens")), page)


def enquiry_badge(enquiry: Enquiry) -> Badge:
    """What became of an enquiry, with the reason where there is one."""
    state = EnquiryState(enquiry.state)
    label = enquiry.get_state_display()
    if state in NOT_DONE:
        label = f"{label}: {enquiry.get_reason_display()}"
    return Badge(label, TONES.get(state, Tone.NEUTRAL))


ask = asking("early_language/form.html")
"""Show a form of this room; the way back is the last step of the way here."""


def done(
    request: ActorRequest, form: forms.Form, errand: Callable[[], object], text: Text, url: str
) -> HttpResponse | None:
    """Do it and go on; None with the reason at the form where it is refused."""
    try:
        errand()
    except EarlyLanguageRefused as refused:
        field, said = REFUSALS[refused.problem]
        form.add_error(field if field in form.fields else None, str(said))
        return None
    notify(request, text)
    return redirect(url)
