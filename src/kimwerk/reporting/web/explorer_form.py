"""The question of the explorer, as it stands in the address: every part of it can be linked, kept and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure, Member, MemberKind
from kimwerk.kernel.periods import Period
from kimwerk.reporting.denominators import Denominator, may_relate
from kimwerk.reporting.exploring import Question
from kimwerk.reporting.selectors.figures import dimensions_of
from kimwerk.reporting.web.asking import NOT_RECORDED, AskForm
from kimwerk.ui.widgets import Combobox, DateInput

MOST_OPTIONS_IN_VIEW = 12
BREAKDOWNS = ("by", "by2", "by3")


class Against(StrEnum):
    """The window with which is compared."""

    NOTHING = ""
    YEAR_BEFORE = "year"  # the same days a year earlier
    JUST_BEFORE = "before"  # as many days, right before
    OTHER = "other"  # from and to


AGAINST = (
    (Against.NOTHING.value, gettext_lazy("no other window")),
    (Against.YEAR_BEFORE.value, gettext_lazy("the same days of the year before")),
    (Against.JUST_BEFORE.value, gettext_lazy("as many days right before")),
    (Against.OTHER.value, gettext_lazy("other days")),
)
PER = (
    ("", gettext_lazy("as counted")),
    (Denominator.INHABITANTS.value, gettext_lazy("per 1,000 inhabitants")),
    (Denominator.FOREIGN_NATIONALS.value, gettext_lazy("per 1,000 foreign nationals")),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be asked: the figures by title, and the organisations."""

    figures: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[int, str], ...]


class ExplorerForm(AskForm):
    """The question of one figure, with a third dimension, another window, and people to relate counts to."""

    ALSO_NARROWING = ("organisation", "member")

    def __init__(
        self,
        query: QueryDict,
        *,
        actor: Actor,
        figure: Figure[Actor],
        offered: Offered,
        members: Mapping[str, tuple[Member, ...]],
        today: date,
    ) -> None:
        """`members` holds the members of the dimension chosen to filter by, where the figure offers no choices."""
        super().__init__(query, actor=actor, figure=figure, organisations=offered.organisations, today=today)
        dimensions = dimensions_of(actor, figure)
        asked = self.fields
        # Never empty, and not called required, so that nobody reads "optional" beside every other part of the question.
        asked["figure"] = forms.ChoiceField(
            label=_("Figure"), required=False, choices=offered.figures, widget=Combobox()
        )
        asked["by3"] = self._breakdown(actor, _("and also by"))
        asked["against"] = forms.ChoiceField(label=_("Compare with"), required=False, choices=AGAINST)
        asked["against_from"] = forms.DateField(label=_("Other days: from"), required=False, widget=DateInput())
        asked["against_to"] = forms.DateField(label=_("Other days: to"), required=False, widget=DateInput())
        if may_relate(figure):
            asked["per"] = forms.ChoiceField(label=_("Numbers"), required=False, choices=PER)
        if figure.choices is None:
            narrowing = [(d.key, str(d.title)) for d in dimensions if d.kind is not MemberKind.TIME]
            if narrowing:
                asked["filter"] = forms.ChoiceField(
                    label=_("Filter by"), required=False, choices=[("", _("no dimension")), *narrowing]
                )
            for key, known in members.items():
                options = [("", _("all")), *((member.key or NOT_RECORDED, member.label) for member in known)]
                widget = Combobox() if len(options) > MOST_OPTIONS_IN_VIEW else forms.Select()
                label = str(figure.dimension(key).title)
                asked["member"] = forms.ChoiceField(label=label, required=False, choices=options, widget=widget)
        first = ("figure", "by", "by2", "by3", "from", "to", "against", "against_from", "against_to", "per")
        self.order_fields(first)

    def _with_usual(self, query: QueryDict, figure: Figure[Actor], today: date) -> QueryDict:
        """The address, without what another figure left there, with what is usual where it says nothing."""
        data, known = query.copy(), {dimension.key for dimension in figure.dimensions}
        asked = [key for name in BREAKDOWNS if (key := data.get(name))]
        for name in (*BREAKDOWNS, "filter"):
            if data.get(name) and data.get(name) not in known:
                data[name] = ""
        if asked and not known.intersection(asked):
            for name in BREAKDOWNS:
                data.pop(name, None)
        data = super()._with_usual(data, figure, today)
        data["figure"] = figure.key
        return data

    def question(self) -> Question:
        """The question. What stands there wrongly counts as not said."""
        asked = self.asked()
        given = self.cleaned_data
        only = dict(asked.only)
        if given.get("filter") and given.get("member"):
            only[given["filter"]] = ("" if given["member"] == NOT_RECORDED else given["member"],)
        by = tuple(dict.fromkeys(given[name] for name in BREAKDOWNS if given.get(name)))
        return Question(
            figure=self.figure,
            window=asked.window,
            by=by,
            only=only,
            organisation=asked.organisation,
            parameters=asked.parameters,
            against=self._against(asked.window),
            per=Denominator(given["per"]) if given.get("per") else None,
        )

    def clean(self) -> dict[str, object]:
        """The other days are needed where they are to be compared with, and end after they begin."""
        given = super().clean()
        if given.get("against") == Against.OTHER.value:
            first, last = given.get("against_from"), given.get("against_to")
            if not isinstance(first, date) or not isinstance(last, date):
                self.add_error("against_from", _("Say from when to when the other days reach."))
            elif last < first:
                self.add_error("against_to", _("The last day lies before the first. Choose a later one."))
        return given

    def _against(self, window: Period) -> Period | None:
        match self.cleaned_data.get("against"):
            case Against.YEAR_BEFORE.value:
                return Period.of_days(_year_before(window.first_day), _year_before(window.last_day))
            case Against.JUST_BEFORE.value:
                return _just_before(window)
            case Against.OTHER.value:
                return Period.of_days(self.cleaned_data["against_from"], self.cleaned_data["against_to"])
        return None


def _year_before(day: date) -> date:
    """The same day a year earlier; the last of February stays the last."""
    following = day + timedelta(days=1)
    if following.day == 1:
        return following.replace(year=following.year - 1) - timedelta(days=1)
    return day.replace(year=day.year - 1)


def _just_before(window: Period) -> Period:
    """As many days before the window; whole months before whole months."""
    months = list(window.months())
    if all(part.is_complete for part in months):
        start = window.start
        month = start.year * 12 + start.month - 1 - len(months)
        return Period(date(month // 12, month % 12 + 1, 1), start)
    return Period(window.start - timedelta(days=window.days), window.start)
