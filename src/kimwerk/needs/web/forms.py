"""The forms of needs and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import Municipality
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.selectors.register import NeedWish
from kimwerk.needs.types import NEXT, GapFacts, GapState, Level, NeedFacts, NeedState, Origin, Severity
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None
LISTS = {
    "topic": CategoryList.TOPIC,
    "target_group": CategoryList.TARGET_GROUP,
    "legal_circle": CategoryList.LEGAL_CIRCLE,
}


class NeedForm(forms.Form):
    """What is missing, for whom and where."""

    title = forms.CharField(label=_("What is missing"), max_length=200)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name nobody: needs are read by the whole programme."),
    )  # fmt: skip
    origin = forms.ChoiceField(label=_("Where it was named"), choices=Origin.choices)
    occasion = forms.CharField(
        label=_("Occasion"), max_length=160, required=False, help_text=_("Such as the kick-off event of a town.")
    )
    named_on = forms.DateField(label=_("Named on"), initial=timezone.localdate)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False
    )
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Category.objects.none(), required=False)
    target_group = forms.ModelChoiceField(label=_("Target group"), queryset=Category.objects.none(), required=False)
    legal_circle = forms.ModelChoiceField(label=_("Legal circle"), queryset=Category.objects.none(), required=False)

    def __init__(self, data: Data, *, places: QuerySet[Municipality], need: Need | None = None) -> None:
        super().__init__(data, initial={name: getattr(need, name) for name in self.base_fields} if need else None)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        today = timezone.localdate()
        for name, category_list in LISTS.items():
            entries = Category.objects.of(category_list).valid(today).order_by("position", "label")
            self.fields[name].queryset = entries  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> NeedFacts:
        """What was entered."""
        entered = self.cleaned_data
        keys = {
            f"{name}_id": entered[name].pk if entered[name] else None
            for name in ("municipality", "topic", "target_group", "legal_circle")
        }
        return NeedFacts(
            entered["title"],
            Origin(entered["origin"]),
            entered["named_on"],
            entered["text"],
            entered["occasion"],
            **keys,
        )


class TakeOverForm(forms.Form):
    """What of an event or a survey becomes a need."""

    results = forms.MultipleChoiceField(label=_("What was named"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Data, *, found: Sequence[tuple[str, str]], is_all: bool) -> None:
        super().__init__(data, initial={"results": [key for key, _label in found] if is_all else []})
        self.fields["results"].choices = found  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def keys(self) -> list[str]:
        """What was chosen."""
        return list(self.cleaned_data["results"])


class ReasonForm(forms.Form):
    """Why a need is put aside."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class GapForm(forms.Form):
    """A gap of the system."""

    title = forms.CharField(label=_("Name of the gap"), max_length=200)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    level = forms.ChoiceField(label=_("Who could close it"), choices=Level.choices, initial=Level.COUNTY.value)
    severity = forms.ChoiceField(
        label=_("How much it matters"), choices=Severity.choices, initial=Severity.MEDIUM.value
    )
    owner = forms.CharField(label=_("Who looks after it"), max_length=160, required=False)
    needs = forms.MultipleChoiceField(
        label=_("Needs that come of it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, data: Data, *, unbundled: Iterable[Need], chosen: Iterable[int] = (), gap: Gap | None = None
    ) -> None:
        known = {name: getattr(gap, name) for name in ("title", "text", "level", "severity", "owner")} if gap else {}
        super().__init__(data, initial=known | {"needs": [str(pk) for pk in chosen]})
        choices = [(str(need.pk), _choice(need)) for need in unbundled]
        self.fields["needs"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        if not choices:
            del self.fields["needs"]

    @property
    def facts(self) -> GapFacts:
        """What was entered."""
        entered = self.cleaned_data
        return GapFacts(
            entered["title"], Level(entered["level"]), Severity(entered["severity"]), entered["text"], entered["owner"]
        )

    @property
    def need_ids(self) -> list[int]:
        """The needs that were chosen."""
        return [int(pk) for pk in self.cleaned_data.get("needs", ())]


def _choice(need: Need) -> str:
    return f"{need.title} ({need.municipality})" if need.municipality else need.title


class MoveForm(forms.Form):
    """The next step of a gap."""

    state = forms.ChoiceField(label=_("Next step"))
    reason = forms.CharField(
        label=_("Why, or what the effect was"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Data, *, gap: Gap) -> None:
        super().__init__(data)
        choices = [(state.value, state.label) for state in NEXT[GapState(gap.state)]]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class NeedFilter(forms.Form):
    """Which needs are listed."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *NeedState.choices], required=False)
    origin = forms.ChoiceField(label=_("Where it was named"), choices=[("", _("all")), *Origin.choices], required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        towns = [("", _("all")), *((str(pk), name) for pk, name in places.values_list("pk", "name"))]
        self.fields["municipality"].choices = towns  # type: ignore[attr-defined]  # a ChoiceField
        topics = Category.objects.of(CategoryList.TOPIC).order_by("position", "label").values_list("pk", "label")
        choices = [("", _("all")), *((str(pk), label) for pk, label in topics)]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> NeedWish:
        """What is asked for; a value that is no sensible one asks for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        state, origin = chosen.get("state"), chosen.get("origin")
        town, topic = chosen.get("municipality"), chosen.get("topic")
        return NeedWish(
            NeedState(state) if state else None,
            Origin(origin) if origin else None,
            int(town) if town else None,
            int(topic) if topic else None,
        )


class GapFilter(forms.Form):
    """Which gaps are listed."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *GapState.choices], required=False)

    @property
    def wish(self) -> GapState | None:
        """The state asked for."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        return GapState(state) if state else None
