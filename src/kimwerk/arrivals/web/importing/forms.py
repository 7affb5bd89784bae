"""The forms of the import: the file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.arrivals.importing.fields import ALWAYS, ListField, ListPlan, plan_from_json
from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.web.forms import NO_DAY, nationality_choices
from kimwerk.arrivals.web.importing.wording import FIELDS, REFUSALS
from kimwerk.directory.models import Municipality
from kimwerk.kernel.sheets import Refusal
from kimwerk.ui.uploads import is_too_large
from kimwerk.ui.widgets import Combobox, FileInput

ACCEPTED = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")
MIB = 1024 * 1024


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("File with the list"),
        allow_empty_file=True,
        widget=FileInput(accept=ACCEPTED, largest_mib=settings.TALLY_UPLOAD_LIMIT // MIB),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, data: QueryDict | None, request: object) -> None:
        super().__init__(data, getattr(request, "FILES", None) if data is not None else None)
        self.is_cut_off = data is not None and is_too_large(request)

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
    """What each column means, and what holds where there is none."""

    use_required_attribute = False

    def __init__(
        self,
        brought: ListImport,
        places: Iterable[Municipality],
        collected: Collection[str],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        self.plan = plan_from_json(brought.plan)
        meanings = tuple(
            (field.value, text) for field, text in FIELDS.items() if field in ALWAYS or field.value in collected
        )
        for at, column in enumerate(self.plan.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column.header or gettext("Column %(number)d") % {"number": at + 1},
                choices=meanings,
                initial=column.field.value,
            )
        self.fields["municipality"] = forms.TypedChoiceField(
            label=_("Municipality for all rows"),
            choices=(("", _("please choose")), *((place.pk, place.name) for place in places)),
            coerce=int,
            empty_value=None,
            required=False,
            initial=self.plan.municipality_id,
        )
        self.fields["arrived_on"] = forms.DateField(
            label=_("Day of arrival for all rows"),
            required=False,
            initial=self.plan.arrived_on,
            error_messages=NO_DAY,
        )
        self.fields["nationality"] = forms.ChoiceField(
            label=_("Nationality where none is given"),
            choices=nationality_choices(),
            required=False,
            widget=Combobox,
            initial=self.plan.nationality,
        )
        self.fields["is_month_first"] = forms.ChoiceField(
            label=_("Days with slashes"),
            choices=(("", _("day first: 21/4/2022")), ("yes", _("month first: 4/21/2022"))),
            widget=forms.RadioSelect,
            required=False,
            initial="yes" if self.plan.is_month_first else "",
        )

    def chosen(self) -> ListPlan:
        """The plan as it stands in the form."""
        given = self.cleaned_data
        fields = [ListField(given[f"column_{at}"]) for at in range(len(self.plan.columns))]
        return replace(
            self.plan.with_fields(fields),
            municipality_id=given["municipality"],
            arrived_on=given["arrived_on"],
            nationality=given["nationality"],
            is_month_first=given["is_month_first"] == "yes",
        )
