"""The forms of the import: the file, and what its columns mean."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import TallyImport
from kimwerk.activities.selectors.book import Book, Names
from kimwerk.activities.tally import Certainty, MappedColumn, Mapping, TallyField, TallyPlan, plan_from_json
from kimwerk.activities.tally_texts import FIELDS, REFUSALS
from kimwerk.activities.types import CategoryList
from kimwerk.kernel.figures import Text
from kimwerk.kernel.sheets import Refusal
from kimwerk.ui.uploads import is_too_large
from kimwerk.ui.widgets import FileInput, MultiSelect

ACCEPTED = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")
MIB = 1024 * 1024
_F = TallyField


class UploadForm(forms.Form):
    """The file, and into whose diary, where there is a choice."""

    file = forms.FileField(
        label=_("File with your tally"),
        allow_empty_file=True,
        widget=FileInput(accept=ACCEPTED, largest_mib=settings.TALLY_UPLOAD_LIMIT // MIB),
        error_messages={"required": _("Choose a file first.")},
    )
    organisation = forms.TypedChoiceField(label=_("Into the diary of"), coerce=int)

    def __init__(self, organisations: tuple[tuple[int, str], ...], data: QueryDict | None, request: object) -> None:
        files = getattr(request, "FILES", None) if data is not None else None
        super().__init__(data, files)
        self.is_cut_off = data is not None and is_too_large(request)
        choice = self.fields["organisation"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = organisations
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = organisations[0][0]

    def clean_file(self) -> UploadedFile[bytes]:
        """Say at the field what is wrong with the size; everything else is said once it has been read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(str(REFUSALS[Refusal.EMPTY]))
        return file

    def says_cut_off(self) -> None:
        """A file that was cut off at the limit is missing, but that is not what is wrong with it."""
        if self.is_bound and self.is_cut_off and "file" in self.errors:
            del self.errors["file"]
            self.add_error("file", str(REFUSALS[Refusal.TOO_LARGE]))


class MappingForm(forms.Form):
    """What each column means, what holds where there is no column, and how days are written."""

    use_required_attribute = False

    def __init__(self, tally: TallyImport, book: Book, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.plan = plan_from_json(tally.plan)
        self.book = book
        for at, column in enumerate(self.plan.mapping.columns):
            label = column.header or gettext("Column %(number)d") % {"number": at + 1}
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=tuple((field.value, text) for field, text in FIELDS.items()),
                initial=column.field.value,
            )
        for name, title, choices in self._defaults():
            self.fields[name] = forms.TypedChoiceField(
                label=str(title),
                choices=(("", _("please choose")), *choices),
                coerce=int,
                empty_value=None,
                required=False,
                initial=getattr(self.plan, f"{name}_id"),
            )
        self._add_options()

    def _defaults(self) -> tuple[tuple[str, Text, tuple[tuple[int, str], ...]], ...]:
        book = self.book
        return (
            ("kind", _("Kind for all rows"), _categories(book, CategoryList.KIND)),
            ("channel", _("Channel for all rows"), _categories(book, CategoryList.CHANNEL)),
            ("municipality", _("Municipality for all rows"), _names(book.municipalities)),
            ("site", _("Site for all rows"), _names(book.sites)),
            ("staff", _("Person for all rows"), _names(book.staff)),
        )

    def _add_options(self) -> None:
        self.fields["year"] = forms.IntegerField(
            label=_("Year of days written without one"),
            required=False,
            min_value=2000,
            max_value=2100,
            initial=self.plan.year,
            localize=False,
        )
        self.fields["is_month_first"] = forms.ChoiceField(
            label=_("Days with slashes"),
            choices=(("", _("day first: 21/4/2022")), ("yes", _("month first: 4/21/2022"))),
            widget=forms.RadioSelect,
            required=False,
            initial="yes" if self.plan.is_month_first else "",
        )
        self.fields["partner_kinds"] = forms.TypedMultipleChoiceField(
            label=_("Kinds whose participants are partners"),
            help_text=_(
                "Your table has only a total. For the kinds chosen here it counts as partners, for others as target"
                " group."
            ),
            choices=_categories(self.book, CategoryList.KIND),
            coerce=int,
            required=False,
            widget=MultiSelect,
            initial=sorted(self.plan.partner_kinds),
        )

    def chosen(self) -> TallyPlan:
        """The plan as it stands in the form, also while something is still missing."""
        columns = tuple(self._column(at, column) for at, column in enumerate(self.plan.mapping.columns))
        if not self.is_bound:
            return self.plan
        self.is_valid()
        values = self.cleaned_data
        return replace(
            self.plan,
            mapping=Mapping(columns),
            kind_id=values.get("kind"),
            channel_id=values.get("channel"),
            municipality_id=values.get("municipality"),
            site_id=values.get("site"),
            staff_id=values.get("staff"),
            year=values.get("year"),
            is_month_first=values.get("is_month_first") == "yes",
            partner_kinds=frozenset(values.get("partner_kinds", ())),
        )

    def _column(self, at: int, column: MappedColumn) -> MappedColumn:
        try:
            field = TallyField(self.data.get(f"column_{at}", column.field.value))
        except ValueError:
            return column
        return column if field is column.field else replace(column, field=field, certainty=Certainty.CHOSEN)


def _categories(book: Book, category_list: CategoryList) -> tuple[tuple[int, str], ...]:
    return tuple((fact.id, fact.label) for fact in book.of(category_list, on=book.today))


def _names(names: Names) -> tuple[tuple[int, str], ...]:
    near = sorted((each for each in names.values() if each.is_near and each.is_open), key=lambda each: each.sort_key)
    return tuple((each.id, each.label) for each in near)
