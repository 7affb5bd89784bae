"""Forms and filters of the directory."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.directory.models import Contact, District, Municipality, Office, Organisation, Site
from kimwerk.directory.services import ContactFacts, OrganisationFacts, SiteFacts
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.names import is_accepted
from kimwerk.ui.widgets import Combobox

ANY = (("", _("all")),)


class SearchInput(forms.TextInput):
    """A field that filters a list while one types."""

    input_type = "search"


class MunicipalityFilter(forms.Form):
    """The filters of the municipalities."""

    use_required_attribute = False
    auto_id = "filter_%s"

    q = forms.CharField(label=_("Name or key"), required=False, widget=SearchInput)
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.order_by("sort_key"),
        required=False,
        empty_label=_("all"),
        widget=Combobox,
    )


class OrganisationFilter(forms.Form):
    """The filters of the organisations."""

    use_required_attribute = False
    auto_id = "filter_%s"

    q = forms.CharField(label=_("Name"), required=False, widget=SearchInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=(*ANY, *OrganisationKind.choices), required=False)
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.order_by("sort_key"),
        required=False,
        empty_label=_("all"),
        widget=Combobox,
    )
    closed = forms.BooleanField(label=_("closed ones"), required=False)


class OrganisationForm(forms.Form):
    """What is known of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=(("", _("please choose")), *OrganisationKind.choices))
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.select_related("district").order_by("sort_key"),
        required=False,
        widget=Combobox,
        help_text=_("Where it has its seat. Its district follows from it."),
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.order_by("sort_key"),
        required=False,
        widget=Combobox,
        help_text=_("For organisations without a seat in one municipality."),
    )

    @classmethod
    def about(cls, data: object, organisation: Organisation) -> OrganisationForm:
        """The form filled in with what is known."""
        return cls(
            data,  # type: ignore[arg-type]  # QueryDict or None
            initial={
                "name": organisation.name,
                "kind": organisation.kind,
                "municipality": organisation.municipality_id,
                "district": organisation.district_id,
            },
        )

    @property
    def facts(self) -> OrganisationFacts:
        """What was entered."""
        entered = self.cleaned_data
        return OrganisationFacts(
            entered["name"], OrganisationKind(entered["kind"]), entered["district"], entered["municipality"]
        )


class OfficeForm(forms.Form):
    """The name of an office."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("A part of the organisation that answers for a task, such as the school office."),
    )


class SiteForm(forms.Form):
    """What is known of a site."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Such as the town hall or a house of many generations.")
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.order_by("sort_key"), widget=Combobox
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    opened_on = forms.DateField(label=_("Open since"), required=False)

    @classmethod
    def about(cls, data: object, site: Site) -> SiteForm:
        """The form filled in with what is known."""
        return cls(
            data,  # type: ignore[arg-type]  # QueryDict or None
            initial={
                "name": site.name,
                "municipality": site.municipality_id,
                "address": site.address,
                "opened_on": site.opened_on,
            },
        )

    @property
    def facts(self) -> SiteFacts:
        """What was entered."""
        entered = self.cleaned_data
        return SiteFacts(entered["name"], entered["municipality"], entered["address"], entered["opened_on"])


class ContactForm(forms.Form):
    """What is known of a person in their profession."""

    family_name = forms.CharField(label=_("Family name"), max_length=120)
    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    function = forms.CharField(
        label=_("Function"), max_length=200, required=False, help_text=_("What one turns to this person for.")
    )
    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none(), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("At work."))
    phone = forms.CharField(
        label=_("Telephone"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(self, data: object, *, organisation: Organisation, contact: Contact | None = None) -> None:
        known = {name: getattr(contact, name) for name in self.base_fields} if contact else {}
        super().__init__(data, initial=known)  # type: ignore[arg-type]  # QueryDict or None
        self.fields["office"].queryset = organisation.offices.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_family_name(self) -> str:
        """Only signs that names have."""
        return self._name("family_name")

    def clean_given_name(self) -> str:
        """Only signs that names have."""
        return self._name("given_name")

    def _name(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if text and not is_accepted(text):
            raise forms.ValidationError(
                _("The name holds a sign that names do not have. Write it as on the business card.")
            )
        return text

    @property
    def facts(self) -> ContactFacts:
        """What was entered."""
        return ContactFacts(**{name: self.cleaned_data[name] for name in self.base_fields})


class CloseForm(forms.Form):
    """The day from which something no longer exists."""

    on = forms.DateField(
        label=_("Closed from"), initial=timezone.localdate, help_text=_("From this day on it is no longer offered.")
    )
