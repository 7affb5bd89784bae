"""The form for one category."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Category
from kimwerk.activities.services.categories import COLOURS, CategoryDraft
from kimwerk.activities.types import LAND_SCHEME, CategoryList
from kimwerk.activities.web.forms import NOTHING, offer
from kimwerk.kernel.figures import Text

SCHEME = "scheme-"
NAMES: Mapping[str, Text] = {LAND_SCHEME: _("Statistics for the Land")}
"""What people call a scheme; others go by the name under which they were loaded."""


class ProposalForm(forms.Form):
    """From which day on the proposal holds."""

    since = forms.DateField(
        label=_("Holds from"),
        required=False,
        help_text=_("Empty: for all days, also for what was counted before."),
    )


class CategoryForm(forms.Form):
    """A category: label, words, group, colour, validity, successor, and its names in other schemes."""

    label = forms.CharField(label=_("Label"), max_length=120)
    words = forms.CharField(
        label=_("Words and short codes"),
        required=False,
        max_length=800,
        help_text=_("What people write in the quick entry for this, separated by commas. For example: Verweis, vb"),
    )
    group = forms.CharField(
        label=_("Summed up to"),
        required=False,
        max_length=120,
        help_text=_("The heading under which figures add it up."),
    )
    is_referral = forms.BooleanField(
        label=_("Is a referral consultation: names where somebody was referred to"), required=False
    )
    colour = forms.TypedChoiceField(
        label=_("Colour in charts"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("It stays the same in every chart and report."),
    )
    valid_from = forms.DateField(label=_("First day in use"), required=False, help_text=_("Empty: always."))
    valid_until = forms.DateField(
        label=_("Last day in use"), required=False, help_text=_("Empty: until further notice.")
    )
    successor = forms.TypedChoiceField(
        label=_("Followed by"), required=False, coerce=int, empty_value=None, help_text=_("Once this one has ended.")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        category_list: CategoryList,
        category: Category | None,
        others: tuple[Category, ...],
        schemes: tuple[str, ...],
    ) -> None:
        super().__init__(data, initial=_initial(category))
        if category_list is not CategoryList.KIND:
            del self.fields["is_referral"]
        slots = [(str(slot), str(_("Slot %(number)s") % {"number": slot + 1})) for slot in range(COLOURS)]
        offer(self, "colour", [NOTHING, *slots])
        followers = [(str(each.pk), each.label) for each in others if category is None or each.pk != category.pk]
        offer(self, "successor", [NOTHING, *followers])
        for scheme in schemes:
            self.fields[SCHEME + scheme] = forms.CharField(
                label=str(NAMES.get(scheme, scheme)), required=False, max_length=160
            )
        self.fields["mapped_since"] = forms.DateField(
            label=_("Changes to this hold from"),
            required=False,
            help_text=_("What was done before keeps its old name. Empty: a correction, for all days."),
        )

    def draft(self) -> CategoryDraft:
        """What was said of the category."""
        given = self.cleaned_data
        return CategoryDraft(
            label=given["label"],
            words=tuple(given["words"].split(",")),
            group=given["group"],
            is_referral=given.get("is_referral", False),
            colour=given["colour"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
        )

    def mappings(self) -> dict[str, str]:
        """Its names in the other schemes."""
        return {
            name.removeprefix(SCHEME): value for name, value in self.cleaned_data.items() if name.startswith(SCHEME)
        }


def _initial(category: Category | None) -> dict[str, object]:
    if category is None:
        return {}
    return {
        "label": category.label,
        "words": ", ".join(category.words),
        "group": category.group,
        "is_referral": category.is_referral,
        "colour": category.colour,
        "valid_from": category.valid_from,
        "valid_until": category.valid_until,
        "successor": category.successor_id,
    } | {SCHEME + mapping.scheme: mapping.label for mapping in category.mappings.all() if mapping.is_current}
