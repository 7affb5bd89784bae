"""Forms about accounts and roles."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role, rights_of
from kimwerk.accounts.policies import RESERVED, may_give
from kimwerk.accounts.services.invitations import Person, Post
from kimwerk.accounts.types import AccountState, ClosingReason, RoleLabel
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel.names import is_accepted
from kimwerk.ui.widgets import Combobox

ANY = (("", _("all")),)


class AccountFilter(forms.Form):
    """The filters of the list of accounts."""

    use_required_attribute = False
    auto_id = "filter_%s"

    q = forms.CharField(label=_("Name or address"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    role = forms.ChoiceField(label=_("Role"), choices=(*ANY, *RoleLabel.choices), required=False)
    state = forms.ChoiceField(label=_("State"), choices=(*ANY, *AccountState.choices), required=False)


class RoleForm(forms.Form):
    """A role at a place for a time; offers only what the actor may give somewhere."""

    role = forms.ChoiceField(label=_("Role"), choices=())
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.order_by("sort_key"),
        required=False,
        widget=Combobox,
        help_text=_("Leave it out if the role holds in the whole organisation."),
    )
    first_day = forms.DateField(label=_("First day"), initial=timezone.localdate)
    last_day = forms.DateField(label=_("Last day"), required=False, help_text=_("Leave it out if no end is known."))

    def __init__(self, data: object, *, actor: Actor) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # QueryDict or None
        self.actor = actor
        reserved = {permission for permission in RESERVED if actor.can(permission)}
        self.fields["role"].choices = [("", _("please choose"))] + [  # type: ignore[attr-defined]  # a ChoiceField
            (role.value, RoleLabel(role.value).label) for role in Role if rights_of(role) & RESERVED <= reserved
        ]
        places = actor.scope(Permission.ACCOUNT_MANAGE).touched_organisations
        organisations = Organisation.objects.existing(timezone.localdate()).filter(pk__in=places, is_controller=True)
        self.fields["organisation"].queryset = organisations.order_by("sort_key")  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(places) == 1:
            self.initial["organisation"] = next(iter(places))

    def clean(self) -> dict[str, object]:
        """The role must be the actor's to give at that place, and the days in order."""
        cleaned = super().clean() or {}
        role, organisation, municipality = (cleaned.get(name) for name in ("role", "organisation", "municipality"))
        if role and isinstance(organisation, Organisation):
            place = municipality.pk if isinstance(municipality, Municipality) else None
            if not may_give(self.actor, Role(role), organisation.pk, place):
                self.add_error("role", _("You cannot give this role there. Choose another role or municipality."))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", _("The last day lies before the first. Correct one of the two."))
        return cleaned

    @property
    def post(self) -> Post:
        """What was chosen."""
        chosen = self.cleaned_data
        return Post(
            Role(chosen["role"]),
            chosen["organisation"],
            chosen["municipality"],
            chosen["first_day"],
            chosen["last_day"],
        )


class InviteForm(RoleForm):
    """Who is invited, and the first role."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("At work. The invitation goes there, and the person signs in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    family_name = forms.CharField(label=_("Family name"), max_length=120)
    short_sign = forms.CharField(
        label=_("Short sign"),
        max_length=12,
        required=False,
        help_text=_("As it stands in lists and tallies, such as MUS."),
    )
    field_order = ("email", "given_name", "family_name", "short_sign", "role", "organisation", "municipality")

    def clean_given_name(self) -> str:
        return _name(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return _name(self.cleaned_data["family_name"])

    @property
    def person(self) -> Person:
        """Who is invited."""
        chosen = self.cleaned_data
        return Person(
            chosen["email"].lower(), chosen["given_name"], chosen["family_name"], chosen["short_sign"].upper()
        )


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_day = forms.DateField(label=_("Last day"), initial=timezone.localdate)


class CloseForm(forms.Form):
    """Why an account is closed. Dormant accounts are closed by the program."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in (ClosingReason.LEFT, ClosingReason.MISUSE)],
        widget=forms.RadioSelect,
    )


def _name(text: str) -> str:
    if not is_accepted(text):
        raise ValidationError(_("The name holds a sign that names do not have. Write it as in the identity card."))
    return text
