"""Files of persons or events for the explorer: load, declare, forget. Only their owner ever sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.kernel.age_bands import AgeBandsError, AgeBandsProblem
from kimwerk.kernel.figures import Text, Unit
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused
from kimwerk.reporting.datasets import ColumnKind, Remark, Schema, ValueProblem, judged, parse_bands
from kimwerk.reporting.models import DataSet
from kimwerk.reporting.plausibility import words
from kimwerk.reporting.selectors.datasets import columns_of, data_sets_of, key_of, rows_of, schema_of
from kimwerk.reporting.services.datasets import (
    DAYS_KEPT,
    LIMITS,
    NotCategories,
    TooManyFiles,
    declare_data_set,
    load_data_set,
    remove_data_set,
)
from kimwerk.reporting.wording import unit_label
from kimwerk.ui.components import Cell, Column, Crumb, Fact, Row, Table, Tone
from kimwerk.ui.notices import notify
from kimwerk.ui.uploads import is_too_large
from kimwerk.ui.widgets import DateInput, FileInput

LARGEST_MIB = LIMITS.size // MEBIBYTE
SUFFIXES = (".csv", ".xlsx", ".ods", ".txt")
MOST_SHOWN = 200
COUNTED = (Unit.PERSONS, Unit.ACTIVITIES, Unit.EVENTS, Unit.CASES)
KINDS: dict[ColumnKind, Text] = {
    ColumnKind.UNUSED: gettext_lazy("is not used and forgotten"),
    ColumnKind.CATEGORY: gettext_lazy("category"),
    ColumnKind.AGE: gettext_lazy("age in years"),
    ColumnKind.BIRTH_DATE: gettext_lazy("date of birth"),
    ColumnKind.BIRTH_YEAR: gettext_lazy("year of birth"),
    ColumnKind.DAY: gettext_lazy("day on which it happened"),
}
PROBLEMS: dict[ValueProblem, Text] = {
    ValueProblem.NOT_AN_AGE: gettext_lazy("is no age in whole years"),
    ValueProblem.NOT_A_DAY: gettext_lazy("is no possible day"),
    ValueProblem.NOT_A_YEAR: gettext_lazy("is no possible year of birth"),
    ValueProblem.AFTER_THE_DATE: gettext_lazy("lies after the reference date"),
}
BAND_PROBLEMS: dict[AgeBandsProblem, Text] = {
    AgeBandsProblem.EMPTY: gettext_lazy("Write the ages at which bands begin, such as 0, 6, 18, or 0-5; 6-17; 18+."),
    AgeBandsProblem.NEGATIVE: gettext_lazy("Nobody is younger than 0."),
    AgeBandsProblem.BACKWARDS: gettext_lazy("A band ends before it begins."),
    AgeBandsProblem.OVERLAP: gettext_lazy("Two bands hold the same age: whoever is as old would be counted twice."),
    AgeBandsProblem.GAP: gettext_lazy("An age stands in no band. The first band begins with 0, each next one where "
                                      "the one before ends."),
    AgeBandsProblem.NOT_OPEN_ENDED: gettext_lazy("The last band needs an open end, such as 65+."),
}  # fmt: skip


class LoadForm(forms.Form):
    """A file, what it is called, and what a row of it is."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    unit = forms.ChoiceField(label=gettext_lazy("Each row is one of these"))
    file = forms.FileField(
        label=gettext_lazy("File"), widget=FileInput(accept=SUFFIXES, largest_mib=LARGEST_MIB),
        help_text=gettext_lazy("The first row holds the headings."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.fields["unit"] = forms.ChoiceField(
            label=_("Each row is one of these"), choices=[(unit.value, unit_label(unit)) for unit in COUNTED]
        )


class DeclareForm(forms.Form):
    """What each column holds, the bands, the reference date, and which values stand for another one."""

    def __init__(self, *args: object, data_set: DataSet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self._columns = columns_of(data_set)
        choices = [(kind.value, text) for kind, text in KINDS.items()]
        for at, column in enumerate(self._columns):
            self.fields[f"kind_{at}"] = forms.ChoiceField(
                label=column.title, choices=choices, initial=column.kind.value
            )
        self.fields["reference_date"] = forms.DateField(
            label=_("Reference day of the file"), widget=DateInput(), initial=data_set.reference_date,
            help_text=_("Ages are those of this day."),
        )  # fmt: skip
        self.fields["bands"] = forms.CharField(
            label=_("Age bands"), required=False, max_length=300,
            initial=", ".join(str(bound) for bound in data_set.bands),
            help_text=_("The ages at which bands begin, such as 0, 6, 18, or whole bands such as 0-5; 6-17; 18+."),
        )  # fmt: skip
        self.fields["merges"] = forms.CharField(
            label=_("Values that stand for others"), required=False, max_length=20_000, widget=forms.Textarea,
            initial="\n".join(
                f"{title}: {old} = {new}" for title, merged in data_set.merges.items() for old, new in merged.items()
            ),
            help_text=_("One a line: Column: value = category."),
        )  # fmt: skip

    def clean_bands(self) -> str:
        """Bands without shared borders, overlaps and gaps."""
        typed: str = self.cleaned_data["bands"]
        if typed.strip():
            try:
                parse_bands(typed)
            except AgeBandsError as error:
                raise forms.ValidationError(str(BAND_PROBLEMS[error.problem])) from None
        return typed

    def clean_merges(self) -> str:
        """Every line names a column, a value and what it stands for."""
        typed: str = self.cleaned_data["merges"]
        titles = {column.title for column in self._columns}
        for line in filter(str.strip, typed.splitlines()):
            title, colon, rest = line.partition(":")
            old, sign, new = rest.partition("=")
            if not (colon and sign and old.strip() and new.strip()) or title.strip() not in titles:
                raise forms.ValidationError(
                    _("Write each line as Column: value = category, with a column of the file.")
                )
        return typed

    def clean(self) -> dict[str, object]:
        """Ages need bands."""
        kinds = {self.cleaned_data.get(f"kind_{at}") for at in range(len(self._columns))}
        has_ages = any(kind and ColumnKind(kind).is_of_age for kind in kinds)
        if has_ages and not self.cleaned_data.get("bands") and "bands" not in self.errors:
            self.add_error("bands", _("Ages are counted in bands. Say where they begin."))
        return self.cleaned_data

    def schema(self) -> Schema:
        """What is declared."""
        given = self.cleaned_data
        merges: dict[str, dict[str, str]] = {}
        for line in filter(str.strip, given["merges"].splitlines()):
            title, _colon, rest = line.partition(":")
            old, _sign, new = rest.partition("=")
            merges.setdefault(title.strip(), {})[old.strip()] = new.strip()
        columns = tuple(
            type(column)(column.title, ColumnKind(given[f"kind_{at}"])) for at, column in enumerate(self._columns)
        )
        bands = parse_bands(given["bands"]) if given["bands"].strip() else None
        return Schema(columns, given["reference_date"], bands, merges)


@dataclass(frozen=True, slots=True)
class DataSetsPage:
    """The files that are there, and the form for another one."""

    table: Table | None
    form: LoadForm
    days: int
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class DataSetPage:
    """One file: what it holds, what counts as unknown, and the form for it."""

    data_set: DataSet
    form: DeclareForm
    facts: tuple[Fact, ...]
    remarks: Table | None
    cut: str
    explore_url: str
    crumbs: tuple[Crumb, ...]


@require_http_methods(["GET", "POST"])
@needs(Permission.FIGURE_READ)
def data_sets(request: ActorRequest) -> HttpResponse:
    """One's own files, and loading another."""
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        loaded = _loaded(request, form)
        if loaded:
            return redirect("reporting:data_set", loaded.pk)
    rows = tuple(_row(each) for each in data_sets_of(request.actor))
    columns = (Column(_("File")), Column(_("Counts")), Column(_("Is forgotten after")))
    page = DataSetsPage(
        table=Table(_("Files"), columns, rows, is_caption_hidden=True) if rows else None,
        form=form,
        days=DAYS_KEPT,
        crumbs=_crumbs()[:1],
    )
    return render(request, "reporting/data_sets.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.FIGURE_READ)
def data_set(request: ActorRequest, pk: int) -> HttpResponse:
    """Declare what a file holds."""
    found = _own(request, pk)
    form = DeclareForm(request.POST or None, data_set=found)
    if form.is_valid():
        try:
            unknown = declare_data_set(actor=request.actor, data_set=found, schema=form.schema())
        except NotCategories as refused:
            text = _("These columns have a value of their own in almost every row and are no categories: %(columns)s.")
            form.add_error(None, text % {"columns": ", ".join(refused.columns)})
        else:
            said = _("Declared. %(count)s values count as unknown.") % {"count": german.number(unknown)}
            notify(request, said, tone=Tone.WARNING if unknown else Tone.SUCCESS)
            return redirect("reporting:data_set", pk)
    return render(request, "reporting/data_set.html", {"page": _page(found, form)}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.FIGURE_READ)
def data_set_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget a file at once."""
    remove_data_set(actor=request.actor, data_set=_own(request, pk))
    notify(request, _("File forgotten."))
    return redirect("reporting:data_sets")


def _loaded(request: ActorRequest, form: LoadForm) -> DataSet | None:
    file = request.FILES.get("file")
    if is_too_large(request) or (file is not None and (file.size or 0) > LIMITS.size):
        form.is_valid()
        form.add_error("file", _("The file is larger than %(size)s MB. Choose a smaller one.") % {"size": LARGEST_MIB})
        return None
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return load_data_set(
            actor=request.actor,
            content=given["file"].read(),
            file_name=given["file"].name,
            title=given["title"],
            unit=Unit(given["unit"]),
        )
    except FileRefused as refused:
        form.add_error("file", words.refusal_in_words(refused))
    except TooManyFiles:
        form.add_error(None, _("You evaluate 10 files. Forget one before you load another."))
    return None


def _page(found: DataSet, form: DeclareForm) -> DataSetPage:
    rows = rows_of(found)
    remarks = list(judged(schema_of(found), rows))
    return DataSetPage(
        data_set=found,
        form=form,
        facts=(
            Fact(_("Rows"), german.number(len(rows))),
            Fact(_("Blank rows"), german.number(found.blank_rows)),
            Fact(_("Values that count as unknown"), german.number(len(remarks))),
            Fact(_("Is forgotten after"), german.day(found.expires_on)),
        ),
        remarks=_remarks(remarks) if remarks else None,
        cut=_("%(count)d more are not shown.") % {"count": len(remarks) - MOST_SHOWN}
        if len(remarks) > MOST_SHOWN
        else "",
        explore_url=f"{reverse('reporting:explorer')}?figure={key_of(found)}",
        crumbs=_crumbs(),
    )


def _remarks(remarks: list[Remark]) -> Table:
    rows = tuple(
        Row((Cell(german.number(each.row)), Cell(each.column), Cell(PROBLEMS[each.problem])))
        for each in remarks[:MOST_SHOWN]
    )
    columns = (Column(_("Row of the file"), is_numeric=True), Column(_("Column")), Column(_("The value")))
    return Table(_("Values that count as unknown"), columns, rows)


def _row(found: DataSet) -> Row:
    url = reverse("reporting:data_set", args=[found.pk])
    return Row(
        (Cell(found.title, url), Cell(unit_label(Unit(found.unit))), Cell(german.day(found.expires_on))),
        key=f"data-set-{found.pk}",
    )


def _own(request: ActorRequest, pk: int) -> DataSet:
    if pk > 2**62:
        raise Http404
    return get_object_or_404(DataSet.objects.visible_to(request.actor, timezone.localdate()), pk=pk)


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(_("Explorer"), reverse("reporting:explorer")),
        Crumb(_("Files for evaluation"), reverse("reporting:data_sets")),
    )
