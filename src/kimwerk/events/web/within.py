"""What the views of events share: whose events, the way to them, and how a form page is shown."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.events.models import Event
from kimwerk.events.types import EventsProblem, EventsRefused, EventState
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Crumb, Tone
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import asking

TONES = {
    EventState.PLANNED: Tone.INFO,
    EventState.INVITED: Tone.WARNING,
    EventState.HELD: Tone.SUCCESS,
    EventState.CANCELLED: Tone.NEUTRAL,
}
REFUSALS: dict[EventsProblem, tuple[str | None, Text]] = {
    EventsProblem.ENDS_BEFORE_IT_BEGINS: ("ends", _("The end lies before the beginning.")),
    EventsProblem.OVER: (None, _("The event was held or called off. Nothing was changed.")),
    EventsProblem.NOT_YET: (None, _("The event is still to come. Note it on its day or later.")),
    EventsProblem.FULL: ("guests", _("There are not so many places left. Name fewer people, or ask the office.")),
    EventsProblem.NOBODY: (None, _("There is nobody new among them.")),
    EventsProblem.NAMES_SOMEBODY: (
        "text",
        _("This reads like a name, an address or a birthday. Write what is missing, and name nobody."),
    ),
    EventsProblem.NOT_HELD: (None, _("Note first that the event was held.")),
    EventsProblem.ASKED_ALREADY: (None, _("Those who were there have been asked already.")),
    EventsProblem.NO_ADDRESSES: (None, _("Note who was there, and with which addresses. Then they can be asked.")),
    EventsProblem.SAME_DAY: ("valid_from", _("An agreement of this day stands already. Choose another day.")),
    EventsProblem.DIARY_REFUSED: (
        None,
        _("The diary does not take this entry: check the day, the numbers and as what it is entered."),
    ),
}


def seen_event(request: ActorRequest, pk: int) -> Event:
    """An event that the actor reads; 404 for anybody else."""
    found = Event.objects.visible_to(request.actor)
    return get_object_or_404(found.select_related("municipality", "organisation", "activity_kind", "feedback"), pk=pk)


def kept_event(request: ActorRequest, pk: int) -> Event:
    """An event that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Event.objects.kept_by(request.actor).select_related("municipality", "organisation"), pk=pk)


def to_events() -> tuple[Crumb, ...]:
    """The way to the list of events."""
    return (Crumb(_("Events"), reverse("events:events")),)


def to_event(event: Event) -> tuple[Crumb, ...]:
    """The way to an event."""
    return (*to_events(), Crumb(event.title, reverse("events:event", args=[event.pk])))


def state_badge(event: Event) -> Badge:
    """The state of an event."""
    return Badge(event.get_state_display(), TONES[EventState(event.state)])


def when_text(event: Event) -> str:
    """Day and hours of an event in words."""
    start = timezone.localtime(event.starts_at)
    named = {"day": german.day(start.date()), "begins": f"{start:%H:%M}"}
    if event.ends_at is None:
        return gettext("%(day)s, %(begins)s o’clock") % named
    ends = f"{timezone.localtime(event.ends_at):%H:%M}"
    return gettext("%(day)s, %(begins)s to %(ends)s o’clock") % (named | {"ends": ends})


ask = asking("events/form.html")
"""Show a form of this room; the way back is the last step of the way here."""


def done(
    request: ActorRequest, form: forms.Form, errand: Callable[[], object], text: Text, event_pk: int
) -> HttpResponse | None:
    """Do it and go back to the event; None with the reason at the form where it is refused."""
    try:
        errand()
    except EventsRefused as refused:
        say(form, refused)
        return None
    notify(request, text)
    return redirect("events:event", pk=event_pk)


def say(form: forms.Form, refused: EventsRefused) -> None:
    """Tell at the form why something is refused."""
    field, text = REFUSALS[refused.problem]
    form.add_error(field if field in form.fields else None, str(text))
