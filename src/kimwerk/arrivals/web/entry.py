"""A family as it was sent: by the page, or later by a device that had no connection. Both are read and judged here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.selectors.contracts import collected_columns
from kimwerk.arrivals.services import FamilyRefused, OccasionClosed, RegisteredOtherwise, register_family
from kimwerk.arrivals.services.registering import MOST_MEMBERS
from kimwerk.arrivals.types import FamilyFacts, MemberFacts
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.forms import MemberForm, SharedForm
from kimwerk.arrivals.web.pages import DoublesPart
from kimwerk.arrivals.web.within import doubles_of, places_of
from kimwerk.persons.services.duplicates import ask_elsewhere
from kimwerk.persons.web.likeness import elsewhere_in_words

MORE, CONFIRMED = "more", "is_new"


class FamilyEntry:
    """What was sent of a family: the shared form and one form a member; empty members are left out."""

    def __init__(self, request: ActorRequest, occasion: Occasion) -> None:
        self.data = request.POST if request.method == "POST" else None
        sent = self.data.get("members", "") if self.data else ""
        count = min(int(sent), MOST_MEMBERS) if sent.isascii() and sent.isdecimal() else 1
        self.nationality = occasion.nationality
        self.collected = collected_columns(occasion.organisation_id)
        places = places_of(request, occasion, Permission.REGISTRATION_KEEP)
        self.shared = SharedForm(self.data, places=places, collected=self.collected)
        self.forms = [
            MemberForm(self.data, collected=self.collected, prefix=f"m{number}", nationality=occasion.nationality)
            for number in range(1, max(count, 1) + 1)
        ]
        self.key = _key(self.data.get("key", "") if self.data else "")
        self.used = [form for form in self.forms if form.has_changed()] or self.forms[:1]

    def blank_member(self, number: str) -> MemberForm:
        """The form of a member of whom nothing has been said yet."""
        return MemberForm(collected=self.collected, prefix=f"m{number}", nationality=self.nationality)

    def add_member(self) -> None:
        """One more, as far as there is room."""
        if len(self.forms) < MOST_MEMBERS:
            form = self.blank_member(str(len(self.forms) + 1))
            first = "given_names" if "given_names" in form.fields else "family_name"
            form.fields[first].widget.attrs["autofocus"] = True
            self.forms.append(form)

    def is_valid(self) -> bool:
        """Whether every form that is used makes sense by itself."""
        return all([self.shared.is_valid(), *(form.is_valid() for form in self.used)])

    def facts(self, noted_at: datetime | None = None) -> FamilyFacts:
        """What was entered; a member without a family name has that of the member before."""
        members: list[MemberFacts] = []
        for form in self.used:
            members.append(form.facts(members[-1].family_name if members else ""))
        return FamilyFacts(self.key, self.shared.facts(), tuple(members), noted_at)

    def not_asked_any_more(self) -> tuple[F, ...]:
        """What was said in fields that no office needs any more."""
        said = {name.rpartition("-")[2] for name, value in (self.data or {}).items() if str(value).strip()}
        return tuple(field for field in F if field.value in said and field not in self.collected)

    def register(self, request: ActorRequest, occasion: Occasion, facts: FamilyFacts) -> int:
        """How many were registered; 0 where something is wrong, which is then told in the forms."""
        try:
            return len(register_family(actor=request.actor, occasion=occasion, facts=facts))
        except FamilyRefused as refused:
            self._refuse(refused)
        except OccasionClosed:
            self.shared.add_error(None, _("The occasion is closed. Ask the coordination."))
        except RegisteredOtherwise as otherwise:
            said = _(
                "This family is on the list already, but its rows say something else now (%(name)s). Correct them."
            )
            self.shared.add_error(None, said % {"name": otherwise.row.listed_name})
        return 0

    def doubts(self, request: ActorRequest, home: int, facts: FamilyFacts) -> dict[int, DoublesPart]:
        """Whom the members might be already, by their number in the form."""
        found: dict[int, DoublesPart] = {}
        for form, member in zip(self.used, facts.members, strict=True):
            who = compared(member, facts.shared.municipality_id)
            lines = doubles_of(request.actor, who, family=self.key)
            asked = ask_elsewhere(actor=request.actor, organisation_id=home, who=who)
            number = self.forms.index(form) + 1
            if lines or asked:
                found[number] = DoublesPart(f"doubles-{number}", lines, elsewhere_in_words(asked, home))
        return found

    def problems(self) -> Iterator[str]:
        """What is wrong, in sentences, with the member and the field that each is about."""
        for number, form in ((0, self.shared), *((self.forms.index(form) + 1, form) for form in self.used)):
            for name, errors in form.errors.items():
                where = (
                    *((_("Member %(number)s") % {"number": number},) if number else ()),
                    *((str(form.fields[name].label),) if name in form.fields else ()),
                )
                yield " ".join((*(f"{each}:" for each in (", ".join(where),) if each), *map(str, errors)))

    def _refuse(self, refused: FamilyRefused) -> None:
        self.shared.refuse(refused.shared)
        for place, problems in refused.members.items():
            self.used[place].refuse(problems)


def _key(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()
