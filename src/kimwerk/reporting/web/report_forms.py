"""The forms of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.kernel.figures import Dimension, Text
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.periods import Period
from kimwerk.reporting.carrying_on import COMPETENCES
from kimwerk.reporting.content import Cover
from kimwerk.reporting.models import PlacedFigure, Report, ReportSection
from kimwerk.reporting.models.report import LONGEST_TEXT
from kimwerk.reporting.outlines import OUTLINES
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.report_wording import CHARTS
from kimwerk.reporting.showing import choices_for
from kimwerk.reporting.types import ChartChoice, Competence, ReportTemplate
from kimwerk.reporting.windows import WindowProblem, window_problem

MOST_FTE = 10_000
LEVELS = ((1, _("chapter")), (2, _("part of a chapter")), (3, _("part of a part")))
WINDOW_PROBLEMS: Mapping[WindowProblem, tuple[str, Text]] = {
    WindowProblem.ENDS_BEFORE_IT_BEGINS: ("last_day", _("The last day lies before the first one.")),
    WindowProblem.TOO_EARLY: ("first_day", _("The diary begins in the year 2000. Give a later day.")),
    WindowProblem.TOO_LATE: ("last_day", _("This day lies more than a year ahead. Give an earlier day.")),
}
BREAKDOWNS = ("first", "second", "third")
TEMPLATES = tuple((each.template.value, each.name) for each in OUTLINES.values())
COVER_FIELDS = ("committee", "session_on", "competence", "attachments")
NOT_BROKEN_DOWN = ("", _("not broken down"))


class WindowFields(forms.Form):
    """First and last day, both included. `is_optional` lets both stay empty."""

    first_day = forms.DateField(label=_("First day"))
    last_day = forms.DateField(label=_("Last day"), help_text=_("This day is included."))
    is_optional = False

    def clean(self) -> dict[str, object]:
        """Refuse windows without days, and those in which nothing can have been recorded."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date):
            self._check(first, last)
        elif self.is_optional and (first or last) and not self.errors:
            self.add_error("last_day" if first else "first_day", _("Give both days, or none."))
        return cleaned

    def _check(self, first: date, last: date) -> None:
        problem = window_problem(first, last, today=timezone.localdate())
        if problem:
            place, text = WINDOW_PROBLEMS[problem]
            self.add_error(place, str(text))

    @property
    def window(self) -> Period | None:
        """The window of a valid form; None where it was left open."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        return Period.of_days(first, last) if first and last else None


class ReportFacts(WindowFields):
    """Title, window and parameters of a report."""

    title = forms.CharField(label=_("Title"), max_length=200)
    fte = forms.CharField(
        label=_("Full-time equivalents (FTE)"),
        required=False,
        max_length=10,
        help_text=_(
            "For activities per post and week. Left empty: the average of case management in the plan of posts."
        ),
    )
    committee = forms.CharField(
        label=_("Committee"),
        required=False,
        max_length=160,
        help_text=_("With a committee the paper gets the head of a council paper."),
    )
    session_on = forms.DateField(label=_("Session on"), required=False)
    competence = forms.ChoiceField(
        label=_("Competence"),
        required=False,
        choices=[("", _("none")), *((c.value, COMPETENCES[c]) for c in Competence)],
    )
    attachments = forms.CharField(
        label=_("Attachments"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    field_order = ["title", "first_day", "last_day", *COVER_FIELDS, "fte"]

    def clean_fte(self) -> Decimal | None:
        """The number as it is written in Germany."""
        typed: str = self.cleaned_data["fte"]
        if not typed.strip():
            return None
        try:
            number = german.parse_number(typed)
        except NumberError:
            raise forms.ValidationError(_("This is no number. Write it like 6 or 5,5.")) from None
        if not 0 < number <= MOST_FTE:
            raise forms.ValidationError(_("The number must be more than 0 and no more than 10.000."))
        return number

    @property
    def cover(self) -> Cover:
        """The cover of a valid form."""
        data = self.cleaned_data
        return Cover(
            data["committee"],
            data["session_on"],
            Competence(data["competence"]) if data["competence"] else None,
            tuple(line.strip() for line in data["attachments"].splitlines() if line.strip()),
        )

    @property
    def parameters(self) -> dict[str, Decimal]:
        """The parameters of a valid form."""
        fte: Decimal | None = self.cleaned_data["fte"]
        return {"fte": fte} if fte else {}


class NewReport(ReportFacts):
    """A report to begin. The organisation is asked for only where there are several."""

    template = forms.TypedChoiceField(label=_("What is begun"), coerce=ReportTemplate, choices=TEMPLATES)
    organisation = forms.TypedChoiceField(label=_("Report of"), coerce=int)
    field_order = ["template", "title", "organisation", "first_day", "last_day", *COVER_FIELDS, "fte"]

    def __init__(self, data: object, *, organisations: tuple[tuple[int, str], ...]) -> None:
        today = timezone.localdate()
        initial = {
            "title": OUTLINES[ReportTemplate.EVALUATION].title,
            "first_day": date(today.year, 1, 1),
            "last_day": today,
            "organisation": organisations[0][0] if organisations else None,
        }
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the POST data of a request, or None
        choice = self.fields["organisation"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = organisations
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()

    def clean_title(self) -> str:
        """Whoever chooses another template and leaves the title as it was gets that of the template."""
        title: str = self.cleaned_data["title"]
        template = self.cleaned_data.get("template", ReportTemplate.EVALUATION)
        is_untouched = title == str(OUTLINES[ReportTemplate.EVALUATION].title)
        return str(OUTLINES[template].title) if is_untouched else title


def facts_of(report: Report) -> dict[str, object]:
    """What a form shows of a report's facts."""
    fte = report.numbers.get("fte")
    return {
        "title": report.title,
        "first_day": report.window.first_day,
        "last_day": report.window.last_day,
        "fte": german.number(fte) if fte else "",
        **{name: getattr(report, name) for name in COVER_FIELDS},
    }


class SectionForm(forms.Form):
    """A section's heading, level and text."""

    heading = forms.CharField(label=_("Heading"), max_length=200)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=LEVELS)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_('A blank line begins a new paragraph. Lines that begin with "- " become a list.'),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def section_values(section: ReportSection) -> dict[str, object]:
    """What a form shows of a section."""
    return {
        "heading": section.heading,
        "level": min(section.level, len(LEVELS)),
        "text": section.text,
        "version": section.version,
    }


class FigureForm(WindowFields):
    """How a figure of the catalogue is shown in a report."""

    caption = forms.CharField(
        label=_("Title in the report"), required=False, max_length=200, help_text=_("If empty, the figure's own title.")
    )
    first = forms.ChoiceField(label=_("Broken down by"), required=False)
    second = forms.ChoiceField(label=_("and by"), required=False)
    third = forms.ChoiceField(label=_("and also by"), required=False)
    chart = forms.TypedChoiceField(label=_("Chart"), coerce=ChartChoice)
    first_day = forms.DateField(label=_("First day of its own window"), required=False)
    last_day = forms.DateField(
        label=_("Last day of its own window"), required=False, help_text=_("If empty, the window of the report.")
    )
    field_order = ["first", "second", "third", "chart", "caption", "first_day", "last_day"]
    is_optional = True

    def __init__(self, data: object, *, dimensions: Iterable[Dimension], initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # the POST data of a request, or None
        self.dimensions = {dimension.key: dimension for dimension in dimensions}
        offered = [NOT_BROKEN_DOWN, *((key, each.title) for key, each in self.dimensions.items())]
        for name in BREAKDOWNS:
            _offer(self.fields[name], offered)
        _offer(self.fields["chart"], [(choice.value, CHARTS[choice]) for choice in ChartChoice])

    def clean(self) -> dict[str, object]:
        """Refuse breakdowns and charts that make no figure."""
        cleaned = super().clean()
        asked = {name: key for name in BREAKDOWNS if (key := cleaned.get(name))}
        for at, (name, key) in enumerate(asked.items()):
            if key in list(asked.values())[:at]:
                self.add_error(name, _("Choose another one than above."))
                return cleaned
        chart = cleaned.get("chart")
        if chart and chart not in choices_for(tuple(self.dimensions[str(key)] for key in asked.values())):
            self.add_error("chart", _("This chart cannot show the figure so broken down. Choose another one."))
        return cleaned

    def planned(self, key: str, before: PlannedFigure | None = None) -> PlannedFigure:
        """The question of a valid form; what the form does not ask stays as it was."""
        data = self.cleaned_data
        return PlannedFigure(
            key=key,
            by=tuple(data[name] for name in BREAKDOWNS if data[name]),
            window=self.window,
            chart=data["chart"],
            caption=data["caption"],
            only=before.only if before else {},
        )


def figure_values(by: tuple[str, ...], placed: PlacedFigure | None = None) -> dict[str, object]:
    """What a form shows of a figure: as it is placed, else in its usual breakdown."""
    by = tuple(placed.by) if placed else by
    window = placed.window if placed else None
    return {
        **dict(zip_longest(BREAKDOWNS, by, fillvalue="")),
        "chart": placed.chart if placed else ChartChoice.AUTOMATIC.value,
        "caption": placed.caption if placed else "",
        "first_day": window.first_day if window else None,
        "last_day": window.last_day if window else None,
    }


def _offer(field: forms.Field, choices: list[tuple[str, Text]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = [(value, str(label)) for value, label in choices]
