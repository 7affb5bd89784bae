"""The forms of papers to committees."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.consent.files import LARGEST_MIB, problem_of_file
from kimwerk.consent.types import ConsentProblem
from kimwerk.kernel.figures import Text
from kimwerk.steering.editions import KnownEdition
from kimwerk.steering.models import Committee, Paper, PaperStep
from kimwerk.steering.selectors.papers import PaperWish
from kimwerk.steering.types import Competence, PaperFacts, PaperOutcome, StepFacts
from kimwerk.steering.web.forms import LONGEST_TEXT, Data, DayField
from kimwerk.steering.web.meeting_forms import CommitteeFilter
from kimwerk.ui.widgets import Combobox, FileInput

FILE_PROBLEMS: dict[ConsentProblem, Text] = {
    ConsentProblem.FILE_TOO_LARGE: _("This file is larger than 10 MB. Save it with smaller pictures."),
    ConsentProblem.FILE_INFECTED: _("This file carries a virus. It was not kept."),
    ConsentProblem.FILE_UNCHECKED: _("The virus scanner does not answer. Try again in some minutes."),
}


class PaperForm(forms.Form):
    """What a paper says."""

    number = forms.CharField(
        label=_("Number of the paper"),
        max_length=30,
        help_text=_("As the council’s office gives it, such as 2022/117."),
    )
    title = forms.CharField(label=_("Subject"), max_length=200)
    proposal = forms.CharField(
        label=_("Proposal for a resolution"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the committee is to take note of or to decide."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Reasons"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 14})
    )
    author = forms.CharField(label=_("Written by"), max_length=160, required=False)

    def __init__(self, data: Data, *, paper: Paper | None = None) -> None:
        names = tuple(PaperForm.base_fields)
        super().__init__(data, initial={name: getattr(paper, name) for name in names} if paper else None)

    @property
    def facts(self) -> PaperFacts:
        """What was entered."""
        return PaperFacts(**self.cleaned_data)


class PaperStepForm(forms.Form):
    """To which committee a paper goes."""

    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.none())
    competence = forms.ChoiceField(label=_("Competence"), choices=Competence.choices)
    on_day = DayField(
        label=_("Day of the meeting"), required=False, help_text=_("Leave it empty until the day is fixed.")
    )

    def __init__(self, data: Data, *, committees: QuerySet[Committee]) -> None:
        super().__init__(data)
        self.fields["committee"].queryset = committees.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> StepFacts:
        """What was entered."""
        entered = self.cleaned_data
        return StepFacts(entered["committee"].pk, Competence(entered["competence"]), entered["on_day"])


class PaperOutcomeForm(forms.Form):
    """What a committee did with a paper."""

    outcome = forms.ChoiceField(
        label=_("What the committee did"),
        choices=[(each.value, each.label) for each in PaperOutcome if each is not PaperOutcome.WAITING],
    )
    on_day = DayField(label=_("Day of the meeting"), initial=timezone.localdate)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Data, *, step: PaperStep) -> None:
        known = {"outcome": step.outcome, "on_day": step.on_day, "remark": step.remark}
        super().__init__(data, initial={name: value for name, value in known.items() if value})


class AttachmentForm(forms.Form):
    """A file, or the released edition of a report."""

    edition = forms.ChoiceField(label=_("Released edition of a report"), required=False, widget=Combobox)
    file = forms.FileField(
        label=_("or a file"), required=False, allow_empty_file=True,
        widget=FileInput(accept=(".pdf", ".png", ".jpg", ".jpeg"), largest_mib=LARGEST_MIB),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Title of the file"), max_length=160, required=False, help_text=_("Empty: the name of the file.")
    )

    def __init__(self, request: HttpRequest, *, editions: tuple[KnownEdition, ...]) -> None:
        is_sent = request.method == "POST"
        super().__init__(request.POST if is_sent else None, request.FILES if is_sent else None)
        choices = [("", _("none")), *((str(each.pk), each.title) for each in editions)]
        self.fields["edition"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, object]:
        """One of both, and a file that may be kept."""
        entered = super().clean() or {}
        file = entered.get("file")
        if isinstance(file, UploadedFile):
            self.content = file.read()
            if problem := problem_of_file(self.content):
                other = _("This is neither a PDF nor a PNG or JPEG picture. Save the paper as PDF.")
                self.add_error("file", str(FILE_PROBLEMS.get(problem, other)))
            if entered.get("edition"):
                self.add_error("file", _("Attach one after the other: take the edition or the file away."))
        elif not entered.get("edition") and not self.errors:
            self.add_error("edition", _("Choose an edition, or a file."))
        return entered

    @property
    def edition_id(self) -> int | None:
        """The edition that was chosen."""
        return int(self.cleaned_data["edition"]) if self.cleaned_data["edition"] else None

    @property
    def file_name(self) -> str:
        """What the file is called from now on."""
        return self.cleaned_data["name"] or str(self.cleaned_data["file"].name)


class PaperFilter(CommitteeFilter):
    """Which papers are listed."""

    waiting = forms.BooleanField(label=_("only those that wait for a committee"), required=False)

    @property
    def wish(self) -> PaperWish:
        """What is asked for."""
        return PaperWish(self.committee_id, bool(self.chosen("waiting")))
