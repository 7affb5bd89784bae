"""What is asked of a figure, as it stands in the address: window, breakdown, filters, organisation, posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.kernel.figures import MISSING, Figure, Member
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.periods import Period
from kimwerk.reporting.selectors.figures import dimensions_of
from kimwerk.ui.components import Chip, Tab
from kimwerk.ui.listing import chips_of, url_with
from kimwerk.ui.widgets import Combobox, DateInput

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
NOT_RECORDED = "-"
"""The value in the address for "not recorded": an empty one means that nothing is chosen."""
MOST_OPTIONS_IN_VIEW = 12
MOST_FTE = Decimal(10_000)
NARROWING = (
    "kind", "channel", "municipality", "site", "topic", "target_group", "legal_circle", "referral_target",
)  # fmt: skip
"""The dimensions that are offered as filters; the names in the address are those of the dimensions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, read from the address. What stands there wrongly counts as not said."""

    window: Period
    by: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    parameters: Mapping[str, Decimal] = field(default_factory=dict)


class AskForm(forms.Form):
    """The question as a form. A figure without dimensions, posts or several organisations has fewer fields."""

    ALSO_NARROWING: ClassVar[tuple[str, ...]] = ("organisation",)

    def __init__(
        self,
        query: QueryDict,
        *,
        actor: Actor,
        figure: Figure[Actor],
        organisations: tuple[tuple[int, str], ...],
        today: date,
    ) -> None:
        self.asking = self._with_usual(query, figure, today)
        super().__init__(self.asking)
        self.figure, self.today = figure, today
        self.fields["from"] = forms.DateField(label=_("From"), required=False, widget=DateInput(earliest=EARLIEST))
        self.fields["to"] = forms.DateField(label=_("To, last day included"), required=False, widget=DateInput())
        self.fields["by"] = self._breakdown(actor, _("Break down by"))
        self.fields["by2"] = self._breakdown(actor, _("and by"))
        if len(organisations) > 1:
            offered = [("", _("all organisations")), *((str(pk), name) for pk, name in organisations)]
            self.fields["organisation"] = forms.ChoiceField(label=_("Organisation"), required=False, choices=offered)
        if figure.parameters:
            self.fields["fte"] = forms.CharField(
                label=_("Full-time equivalents"), required=False, max_length=12,
                help_text=_("Left empty: the average of case management in the plan of posts."),
            )  # fmt: skip
        for key, options in self._filters(actor, figure):
            widget = Combobox() if len(options) > MOST_OPTIONS_IN_VIEW else forms.Select()
            label = str(figure.dimension(key).title)
            self.fields[key] = forms.ChoiceField(label=label, required=False, choices=options, widget=widget)

    def _with_usual(self, query: QueryDict, figure: Figure[Actor], today: date) -> QueryDict:
        """The address, with this year and the figure's own breakdown where it says nothing."""
        data = query.copy()
        if not data.get("from") and not data.get("to"):
            data["from"], data["to"] = today.replace(month=1, day=1).isoformat(), today.isoformat()
        if "by" not in data and "by2" not in data:
            data["by"], data["by2"] = (*figure.by, "", "")[:2]
        return data

    def _breakdown(self, actor: Actor, label: str) -> forms.ChoiceField:
        offered = [(d.key, str(d.title)) for d in dimensions_of(actor, self.figure)]
        return forms.ChoiceField(label=label, required=False, choices=[("", _("nothing")), *offered])

    def _filters(self, actor: Actor, figure: Figure[Actor]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        choices: Mapping[str, tuple[Member, ...]] = figure.choices(actor) if figure.choices else {}
        offered = {dimension.key for dimension in dimensions_of(actor, figure)}
        for key in NARROWING:
            if key in offered and choices.get(key):
                members = [(member.key, member.label) for member in choices[key]]
                nothing = [] if key == "kind" else [(NOT_RECORDED, _("not recorded"))]
                yield key, [("", _("all")), *members, *nothing]

    def asked(self) -> Asked:
        """The question."""
        self.is_valid()
        given = self.cleaned_data
        by = dict.fromkeys(key for key in (given.get("by"), given.get("by2")) if key)
        organisation = given.get("organisation")
        return Asked(
            window=self._window(),
            by=tuple(by),
            only={key: (_member(given[key]),) for key in NARROWING if given.get(key)},
            organisation=int(organisation) if organisation else None,
            parameters=self._parameters(),
        )

    def clean_fte(self) -> str:
        """A number above 0, written the German way."""
        typed: str = self.cleaned_data["fte"]
        if not typed:
            return typed
        try:
            number = german.parse_number(typed)
        except NumberError:
            raise forms.ValidationError(_("Write a number such as 6 or 5,5.")) from None
        if not 0 < number <= MOST_FTE:
            raise forms.ValidationError(_("The number must be more than 0."))
        return typed

    def clean(self) -> dict[str, object]:
        """A window ends after it begins."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day lies before the first. Choose a later one."))
        return self.cleaned_data

    def chips(self) -> tuple[Chip, ...]:
        """The filters that narrow the figure; window and breakdown are said elsewhere."""
        labels = {str(self.fields[key].label) for key in (*NARROWING, *self.ALSO_NARROWING) if key in self.fields}
        return tuple(chip for chip in chips_of(self, self.asking) if str(chip.label) in labels)

    def _window(self) -> Period:
        last = min(self.cleaned_data.get("to") or self.today, LATEST)
        first = max(self.cleaned_data.get("from") or min(last, self.today.replace(month=1, day=1)), EARLIEST)
        return Period.of_days(min(first, LATEST), max(min(first, LATEST), last))

    def _parameters(self) -> dict[str, Decimal]:
        typed = self.cleaned_data.get("fte")
        return {"fte": german.parse_number(typed)} if typed else {}


def _member(value: str) -> str:
    return MISSING if value == NOT_RECORDED else value


def quick_windows(query: QueryDict, window: Period, today: date) -> tuple[Tab, ...]:
    """Windows one takes with one click; everything else that is asked stays as it is."""
    quarter = (today.month + 2) // 3
    before = Period.quarter(*((today.year, quarter - 1) if quarter > 1 else (today.year - 1, 4)))
    offered = (
        (gettext_lazy("This month"), Period.of_days(today.replace(day=1), today)),
        (gettext_lazy("This quarter"), Period.of_days(Period.quarter(today.year, quarter).start, today)),
        (gettext_lazy("Last quarter"), before),
        (gettext_lazy("This year"), Period.of_days(today.replace(month=1, day=1), today)),
        (gettext_lazy("Last year"), Period.year(today.year - 1)),
        (gettext_lazy("Ten years"), Period.of_days(date(today.year - 9, 1, 1), today)),
    )
    return tuple(
        Tab(
            title,
            url_with(query, **{"from": span.first_day.isoformat(), "to": span.last_day.isoformat()}),
            is_current=span == window,
        )
        for title, span in offered
    )
