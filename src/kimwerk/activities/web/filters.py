"""The filters of the list: a form that lives in the address, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import DiarySettings
from kimwerk.activities.policies import may_read_team
from kimwerk.activities.selectors.book import Book
from kimwerk.activities.selectors.settings import usual_window
from kimwerk.activities.types import MISSING_ID, CategoryList, EntryColumn, EntryFilter
from kimwerk.activities.web.forms import NOTHING, Options, offer, people_options, site_options, whole_or_none
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.periods import Period
from kimwerk.ui.widgets import Combobox, DateInput

DEFAULT_SORT = "-day"


class Window(StrEnum):
    """Windows one chooses with one click."""

    USUAL = ""
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last-month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST_YEAR = "last-year"
    ALL = "all"


WINDOWS: Mapping[Window, Text] = {
    Window.USUAL: _("Lately"),
    Window.WEEK: _("This week"),
    Window.MONTH: _("This month"),
    Window.LAST_MONTH: _("Last month"),
    Window.QUARTER: _("This quarter"),
    Window.YEAR: _("This year"),
    Window.LAST_YEAR: _("Last year"),
    Window.ALL: _("All days"),
}


def _month_before(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month)


_PERIODS: Mapping[Window, Callable[[date], Period | None]] = {
    Window.WEEK: lambda today: Period.iso_week(*today.isocalendar()[:2]),
    Window.MONTH: lambda today: Period.month(today.year, today.month),
    Window.LAST_MONTH: _month_before,
    Window.QUARTER: lambda today: Period.quarter(today.year, (today.month + 2) // 3),
    Window.YEAR: lambda today: Period.year(today.year),
    Window.LAST_YEAR: lambda today: Period.year(today.year - 1),
    Window.ALL: lambda _today: None,
}


def window_of(window: Window, first: date | None, last: date | None, usual: Period, today: date) -> Period | None:
    """The days asked for: two days given win over a named window. None means all days there are."""
    if first or last:
        start = first or date(2000, 1, 1)
        return Period.of_days(start, max(start, last or today))
    return usual if window is Window.USUAL else _PERIODS[window](today)


class FilterForm(forms.Form):
    """All filters of the list. What the address says wrongly is left out, not complained about."""

    window = forms.ChoiceField(label=_("Window"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=DateInput)
    last = forms.DateField(label=_("To"), required=False, widget=DateInput)
    whose = forms.ChoiceField(label=_("Whose"), required=False)
    kind = forms.TypedChoiceField(
        label=_("Kind"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    municipality = forms.TypedChoiceField(
        label=_("Municipality"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    site = forms.TypedChoiceField(label=_("Site"), required=False, coerce=whole_or_none, empty_value=None)
    person = forms.TypedChoiceField(
        label=_("Person"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    channel = forms.TypedChoiceField(label=_("Channel"), required=False, coerce=whole_or_none, empty_value=None)
    topic = forms.TypedChoiceField(
        label=_("Topic"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    target_group = forms.TypedChoiceField(
        label=_("Target group"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    legal_circle = forms.TypedChoiceField(
        label=_("Legal circle"), required=False, coerce=whole_or_none, empty_value=None
    )
    referral_target = forms.TypedChoiceField(
        label=_("Referral target"), required=False, coerce=whole_or_none, empty_value=None, widget=Combobox
    )
    minutes = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[NOTHING, ("yes", _("with minutes")), ("no", _("without minutes"))],
    )
    note = forms.CharField(
        label=_("Text of the note"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, actor: Actor, book: Book, settings: DiarySettings) -> None:
        super().__init__(query)
        self.book, self.settings, self.reads_team = book, settings, may_read_team(actor)
        unnoted = (str(MISSING_ID), str(_("not recorded")))
        offer(self, "window", [(window.value, str(label)) for window, label in WINDOWS.items()])
        for name, category_list in (
            ("kind", CategoryList.KIND),
            ("channel", CategoryList.CHANNEL),
            ("topic", CategoryList.TOPIC),
            ("target_group", CategoryList.TARGET_GROUP),
            ("legal_circle", CategoryList.LEGAL_CIRCLE),
            ("referral_target", CategoryList.REFERRAL_TARGET),
        ):
            missing = [] if name == "kind" else [unnoted]
            offer(self, name, [NOTHING, *missing, *((str(fact.id), fact.label) for fact in book.of(category_list))])
        near = [(str(town.id), town.label) for town in book.municipalities.values() if town.is_near]
        offer(self, "municipality", [NOTHING, unnoted, *near])
        nothing, *sites = site_options(book, None, None)
        offer(self, "site", [nothing, unnoted, *sites])
        if self.reads_team:
            offer(self, "whose", _whose())
            offer(self, "person", [NOTHING, *people_options(book.staff, set(book.staff))])
        else:
            del self.fields["whose"], self.fields["person"]
        if not settings.is_note_enabled:
            del self.fields["note"]

    def asked(self) -> EntryFilter:
        """What the address asks for; what it says wrongly counts as not said."""
        self.is_valid()
        given = self.cleaned_data
        sort, is_descending = _sorting(given.get("sort", ""))
        return EntryFilter(
            window=self._window(),
            is_team=self.reads_team and given.get("whose") != "own",
            kinds=_chosen(given.get("kind")),
            channels=_chosen(given.get("channel")),
            municipalities=_chosen(given.get("municipality")),
            sites=_chosen(given.get("site")),
            people=_chosen(given.get("person")),
            topics=_chosen(given.get("topic")),
            target_groups=_chosen(given.get("target_group")),
            legal_circles=_chosen(given.get("legal_circle")),
            referral_targets=_chosen(given.get("referral_target")),
            has_minutes={"yes": True, "no": False}.get(given.get("minutes", "")),
            note=given.get("note", ""),
            sort=sort,
            is_descending=is_descending,
        )

    def _window(self) -> Period | None:
        given = self.cleaned_data
        usual = usual_window(self.settings, self.book.today)
        return window_of(Window(given.get("window", "")), given.get("first"), given.get("last"), usual, self.book.today)


def spoken_window(window: Period | None) -> Text:
    """The days shown, in words."""
    if window is None:
        return _("All days")
    return f"{german.day(window.first_day)} – {german.day(window.last_day)}"


def tidy_query(query: QueryDict) -> QueryDict:
    """The parameters that say something, for an address worth keeping."""
    tidy = QueryDict(mutable=True)
    for name, values in query.lists():
        kept = [value for value in values if value]
        if kept and name not in {"page", "csrfmiddlewaretoken"}:
            tidy.setlist(name, kept)
    return tidy


def _whose() -> Options:
    return [("", str(_("the whole team"))), ("own", str(_("only mine")))]


def _chosen(key: int | None) -> frozenset[int]:
    return frozenset() if key is None else frozenset({key})


def _sorting(text: str) -> tuple[EntryColumn, bool]:
    try:
        return EntryColumn(text.removeprefix("-")), text.startswith("-")
    except ValueError:
        return EntryColumn.DAY, True
