"""Forms of the coordination."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimwerk.casework.models import CaseworkSettings, Choice
from kimwerk.casework.services.insights import MOST_SAMPLED, Findings
from kimwerk.casework.types import Verdict
from kimwerk.casework.web.forms.fields import CaseForm, day_field, text_field
from kimwerk.casework.web.wording import VERDICTS, options


class SampleForm(CaseForm):
    """How many cases are drawn."""

    number = forms.IntegerField(
        label=_("Number of cases"),
        min_value=1,
        max_value=MOST_SAMPLED,
        initial=3,
        help_text=_("Drawn at random among those that are not closed; none twice in a year. Open for fourteen days."),
    )


class ReviewForm(CaseForm):
    """What a sample found, aspect by aspect; what is left empty was not looked at."""

    def __init__(self, data: QueryDict | None = None, *, aspects: Sequence[Choice]) -> None:
        super().__init__(data)
        self.aspects = aspects
        for aspect in aspects:
            self.fields[f"verdict_{aspect.pk}"] = forms.ChoiceField(
                label=aspect.label, required=False, choices=[("", _("not looked at")), *options(VERDICTS)]
            )
            self.fields[f"note_{aspect.pk}"] = text_field(_("Note on: %(aspect)s") % {"aspect": aspect.label}, rows=2)

    def findings(self) -> Findings:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return {
            aspect.pk: (Verdict(given[f"verdict_{aspect.pk}"]), given[f"note_{aspect.pk}"])
            for aspect in self.aspects
            if given[f"verdict_{aspect.pk}"]
        }


class SettingsForm(CaseForm):
    """An organisation's rules for casework."""

    inactive_days = forms.IntegerField(
        label=_("A case is quiet after days without a contact"), min_value=7, max_value=730
    )
    review_days = forms.IntegerField(label=_("Days between two reviews"), min_value=14, max_value=730)
    ahead_days = forms.IntegerField(
        label=_("Days before a due day on which it is announced"), min_value=0, max_value=120
    )
    glass_hours = forms.IntegerField(label=_("Hours for which a case can be looked into"), min_value=1, max_value=72)

    def __init__(self, data: QueryDict | None = None, *, settings: CaseworkSettings) -> None:
        names = ("inactive_days", "review_days", "ahead_days", "glass_hours")
        super().__init__(data, initial={name: getattr(settings, name) for name in names})


class RuleForm(CaseForm):
    """Something that is asked for before somebody is taken into case management."""

    label = forms.CharField(label=_("What is asked for"), max_length=200)
    is_required = forms.BooleanField(
        label=_("required: without it only as an exception with its reason"), required=False
    )


class MappingForm(CaseForm):
    """What an entry is called in the statistics for the Land."""

    label = forms.CharField(label=_("Counts for the Land as"), required=False, max_length=160)
    since = day_field(
        _("Changes to this hold from"),
        required=False,
        is_past=False,
        help_text=_("What was counted before keeps its old name. Empty: a correction, for all days."),
    )


class ChoiceForm(CaseForm):
    """A new entry of a list."""

    label = forms.CharField(label=_("Name"), max_length=120)
    valid_from = day_field(_("Valid from"), required=False, is_past=False)
