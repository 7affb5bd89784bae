"""An event in the world of the attacks: with a step, a guest called Frieda, a table and what was named at it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kimwerk.access.walls import set_actor
from kimwerk.events.models import Step
from kimwerk.events.services.holding import keep_group, keep_result, note_presence, register
from kimwerk.events.services.inviting import invite
from kimwerk.events.services.planning import plan_event
from kimwerk.events.types import Addressee, EventFacts, EventKind, GroupFacts, Guest, ResultFacts
from tests.cast import Cast

OF_EVENT = (
    *("event", "change", "cancel", "add_step", "invite", "remind", "register", "presence", "export"),
    *("certificates", "fill_template", "add_group", "hold", "ask_back"),
)
OF_EVENTS = {
    **dict.fromkeys((f"events:{name}" for name in OF_EVENT), "event"),
    "needs:from_event": "event",
    "events:settle_step": "event_step",
    **dict.fromkeys(("events:change_group", "events:add_result"), "event_group"),
    "events:change_result": "event_result",
}


def build_event(cast: Cast, organisation_id: int) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    facts = EventFacts(EventKind.KICK_OFF, "Frieda", timezone.now() + timedelta(days=30), text="Frieda")
    event = plan_event(actor=kim, organisation_id=organisation_id, facts=facts)
    invite(actor=kim, event=event, addressees=[Addressee("Frieda", "frieda@gast.example")])
    register(actor=kim, event=event, guests=[Guest("Frieda Gast", "Frieda")])
    note_presence(actor=kim, event=event, present=list(event.participants.values_list("pk", flat=True)))
    group = keep_group(actor=kim, event=event, facts=GroupFacts("Frieda", "Frieda"))
    result = keep_result(actor=kim, group=group, facts=ResultFacts("Frieda", "Frieda"))
    step = Step.objects.filter(event=event).order_by("pk").values_list("pk", flat=True)[0]
    return {"event": event.pk, "event_step": step, "event_group": group.pk, "event_result": result.pk}
