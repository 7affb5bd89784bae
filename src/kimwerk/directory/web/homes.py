"""Pages that draw what an organisation has as a whole: whoever works for many looks at one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Organisation

FEW = 4
"""So many organisations still stand on one page."""


class HomeForm(forms.Form):
    """Which organisation is looked at."""

    home = forms.TypedChoiceField(label=_("Organisation"), coerce=int)

    def __init__(self, asked: object, homes: list[tuple[int, str]]) -> None:
        chosen = asked if asked in {str(pk) for pk, _name in homes} else str(homes[0][0])
        super().__init__({"home": chosen})
        field = self.fields["home"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = homes
        self.chosen = int(str(chosen))


@dataclass(frozen=True, slots=True)
class Home:
    """Whose things a page shows: the actor as far as they are meant, and the form that chooses another."""

    actor: Actor
    form: HomeForm | None = None

    def address(self, url: str) -> str:
        """The address as one that keeps to the same organisation."""
        if self.form is None:
            return url
        return f"{url}{'&' if '?' in url else '?'}home={self.form.chosen}"


def home_in(request: ActorRequest, *rights: Permission) -> Home:
    """The organisation that the address names, else the first by name; all of them where they are few."""
    reached = {pk for right in rights for pk in request.actor.scope(right).touched_organisations}
    if len(reached) <= FEW:
        return Home(request.actor)
    named = Organisation.objects.visible_to(request.actor).filter(pk__in=reached)
    homes = list(named.order_by("sort_key", "pk").values_list("pk", "name"))
    if not homes:
        return Home(request.actor)
    form = HomeForm(request.GET.get("home"), homes)
    return Home(request.actor.at(form.chosen), form)
