"""The forms of the gallery: every kind of field once."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.widgets import Combobox, FileInput, MultiSelect, SuggestInput, TimeInput

KINDS = (("network", _("network activity")), ("counselling", _("counselling")), ("training", _("training")))
FORMATS = (("in_person", _("in person")), ("call", _("by telephone")), ("online", _("video call")))
LANGUAGES = (("ar", _("Arabic")), ("uk", _("Ukrainian")), ("tr", _("Turkish")))
TOPICS = tuple(
    (str(at), topic)
    for at, topic in enumerate(
        (
            _("Housing"),
            _("Language"),
            _("Work"),
            _("School"),
            _("Early years"),
            _("Health"),
            _("Residence"),
            _("Volunteering"),
            _("Naturalisation"),
            _("Benefits"),
            _("Recognition of degrees"),
            _("Women"),
        )
    )
)
MUNICIPALITIES = tuple((name.lower(), name) for name in ("Musterstadt", "Beispielhausen", "Neudorf an der Probe"))


def not_in_the_future(day: date) -> None:
    """Refuse days that have not been yet."""
    if day > date.today():
        raise ValidationError(_("The day lies in the future. Enter the day on which it happened."))


class ExampleForm(forms.Form):
    """An entry of a diary, with every kind of field."""

    title = forms.CharField(
        label=_("What was done"), error_messages={"required": _("Say in a few words what was done.")}
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea,
        help_text=_("No names: the diary counts work, not people."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=(("", _("please choose")), *KINDS))
    happened_on = forms.DateField(label=_("Day"), validators=[not_in_the_future])
    starts_at = forms.TimeField(label=_("Begins at"), required=False, widget=TimeInput)
    minutes = forms.IntegerField(
        label=_("Duration in minutes"),
        min_value=1,
        error_messages={"min_value": _("The duration is below one minute. Enter how long it took.")},
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"), choices=(("", ""), *MUNICIPALITIES), widget=Combobox, help_text=_("Type to find it.")
    )
    place = forms.CharField(label=_("Place"), required=False, widget=SuggestInput(("Rathaus", "Bürgerhaus")))
    format = forms.ChoiceField(label=_("Form of contact"), choices=FORMATS, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), choices=TOPICS, widget=MultiSelect, required=False)
    is_draft = forms.BooleanField(label=_("Keep as a draft"), required=False, help_text=_("Nobody else sees drafts."))
    attachment = forms.FileField(
        label=_("Attachment"), required=False, widget=FileInput(accept=(".pdf", ".png"), largest_mib=10)
    )


class ExampleFilter(forms.Form):
    """The filters of a list."""

    use_required_attribute = False
    auto_id = "filter_%s"

    kind = forms.ChoiceField(label=_("Kind"), choices=(("", _("all")), *KINDS), required=False)
    since = forms.DateField(label=_("Since"), required=False)
