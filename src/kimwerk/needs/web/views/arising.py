"""Taking over as needs what was named at an event."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.events.models import Event
from kimwerk.needs.selectors.arising import open_results
from kimwerk.needs.services import take_over
from kimwerk.needs.types import NeedsRefused
from kimwerk.needs.web.forms import TakeOverForm
from kimwerk.needs.web.within import ask, say, to_needs
from kimwerk.ui.notices import notify


@needs(Permission.NEED_MANAGE)
def from_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose what of an event becomes a need."""
    homes = request.actor.scope(Permission.NEED_MANAGE).organisations
    event = get_object_or_404(Event.objects.visible_to(request.actor).filter(organisation__in=homes), pk=pk)
    form = TakeOverForm(request.POST or None, found=open_results(request.actor, event))
    if form.is_valid():
        try:
            taken = take_over(actor=request.actor, event=event, result_ids=form.keys)
        except NeedsRefused as refused:
            say(form, refused)
        else:
            said = ngettext(
                "%(count)s need stands in the register.", "%(count)s needs stand in the register.", len(taken)
            )
            notify(request, said % {"count": len(taken)})
            return redirect("needs:needs")
    title = gettext("Take over as needs: %(event)s") % {"event": event.title}
    return ask(request, title, to_needs(), form, _("Take over"))
