"""The forms for the lists of consent."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.directory.models import Organisation
from kimwerk.ui.widgets import Combobox


class PurposeForm(forms.Form):
    """A purpose says one thing."""

    label = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        help_text=_("One thing that everybody understands the same way. “As needed” is no purpose."),
    )


class BasisForm(forms.Form):
    """A law that allows or demands to tell something without consent."""

    label = forms.CharField(label=_("What happens"), max_length=200)
    law = forms.CharField(label=_("Law"), max_length=200, help_text=_("Exactly, for example: § 4 Abs. 3 KKG."))
    note = forms.CharField(
        label=_("To be observed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To whom, after which steps, within which limits."),
    )


class GroupForm(forms.Form):
    """A group whose members are listed by name."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=200,
        help_text=_("Members are added on the next page and printed by name on the form."),
    )


class MemberForm(forms.Form):
    """A further member of a group."""

    member = forms.ChoiceField(label=_("Organisation"), widget=Combobox)

    def __init__(self, data: QueryDict | None, *, home_id: int) -> None:
        super().__init__(data)
        offices = Organisation.objects.existing(timezone.localdate()).filter(~Q(pk=home_id)).order_by("sort_key")
        field = self.fields["member"]
        if isinstance(field, forms.ChoiceField):
            field.choices = (("", ""), *((str(pk), name) for pk, name in offices.values_list("pk", "name")))
