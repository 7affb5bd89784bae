"""How it stands with a person's consent, on the person's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.consent.models import ConsentText, Grant
from kimwerk.consent.policies import may_declare
from kimwerk.consent.selectors import grants_in_force
from kimwerk.kernel import german
from kimwerk.persons.models import Person
from kimwerk.persons.offers import PersonLink, PersonPart


def consent_of(actor: Actor, person: Person) -> PersonPart:
    """What the person allows today, and the way to ask for more."""
    running = grants_in_force(actor, person.pk)
    texts = ConsentText.objects.visible_to(actor).in_force().filter(organisation=person.organisation_id)
    ask = PersonLink(_("Ask for consent"), reverse("consent:declare", args=[person.pk]))
    return PersonPart(
        key="consent",
        heading=_("Consent"),
        lines=(PersonLink(_("Look at consent"), reverse("consent:person", args=[person.pk]), _told(running)),),
        actions=(ask,) if may_declare(actor, person.pk) and texts.exists() else (),
    )


def _told(running: tuple[Grant, ...]) -> str:
    if not running:
        return _("Nothing may be passed on.")
    count = ngettext("%(count)s permission in force", "%(count)s permissions in force", len(running))
    until = _("the next one ends on %(day)s") % {"day": german.day(running[0].valid_until)}
    return f"{count % {'count': len(running)}}, {until}"
