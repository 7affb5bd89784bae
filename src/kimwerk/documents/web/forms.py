"""The forms of templates and packages."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.documents.archives import LARGEST_PAPER
from kimwerk.documents.filling import placeholders_of
from kimwerk.documents.models import Template
from kimwerk.documents.packing import LARGEST
from kimwerk.documents.selectors.library import TemplateWish
from kimwerk.documents.services.exchange import name_of
from kimwerk.documents.types import (
    SHARED,
    Language,
    Licence,
    PackedPart,
    TemplateFacts,
    TemplateKind,
    Verdict,
    VersionState,
)
from kimwerk.ui.widgets import FileInput, MultiSelect

Data = QueryDict | None
ALL = [("", _("all"))]


class TemplateFilter(forms.Form):
    """Which templates are listed."""

    kind = forms.ChoiceField(label=_("Used as"), choices=[*ALL, *TemplateKind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[*ALL, *VersionState.choices], required=False)

    @property
    def wish(self) -> TemplateWish:
        """What is asked for; what cannot be understood asks for all."""
        self.full_clean()
        kind, state = self.cleaned_data.get("kind"), self.cleaned_data.get("state")
        return TemplateWish(TemplateKind(kind) if kind else None, VersionState(state) if state else None)


class TemplateForm(forms.Form):
    """What is known of a template."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Used as"), choices=TemplateKind.choices)
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Licence.choices, initial=Licence.BY.value,
        help_text=_("Under what others may use and change it."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("When it is used"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def facts(self) -> TemplateFacts:
        """What was entered."""
        entered = self.cleaned_data
        return TemplateFacts(
            entered["title"], TemplateKind(entered["kind"]), Licence(entered["licence"]), entered["purpose"]
        )


class VersionForm(forms.Form):
    """The text of a draft."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    text = forms.CharField(
        label=_("Text"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_("“# ” begins a heading, “- ” a point of a list. {{Name}} is a placeholder."),
    )  # fmt: skip
    reason = forms.CharField(label=_("What is new, and why"), max_length=200, required=False)


class PaperUploadForm(forms.Form):
    """A paper whose text begins a version."""

    paper = forms.FileField(
        label=_("Begin with the text of a paper"), required=False,
        widget=FileInput(accept=(".docx", ".odt"), largest_mib=LARGEST_PAPER // 1024**2),
        help_text=_("DOCX or ODT. Headings, points and paragraphs come along; nothing is saved yet."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What the legal review says."""

    verdict = forms.ChoiceField(label=_("Result"), choices=Verdict.choices)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, object]:
        """Whoever asks for changes says which."""
        entered = super().clean() or {}
        if entered.get("verdict") == Verdict.CHANGES and not entered.get("remark"):
            self.add_error("remark", _("Say what must be changed."))
        return entered


class DayForm(forms.Form):
    """The day from which a version holds."""

    from_day = forms.DateField(label=_("Holds from"), initial=timezone.localdate)


class AdoptionForm(forms.Form):
    """Who works with a version."""

    adopter = forms.CharField(
        label=_("Who works with it"), max_length=160, help_text=_("A municipality, an organisation, another county.")
    )
    is_outside = forms.BooleanField(label=_("outside the county"), required=False)
    adopted_on = forms.DateField(label=_("Since"), initial=timezone.localdate)


class PaperForm(forms.Form):
    """The paper that is wanted."""

    paper = forms.ChoiceField(
        label=_("As"),
        choices=[("pdf", _("accessible PDF")), ("docx", _("DOCX to edit")), ("odt", _("ODT to edit"))],
    )


class FillForm(PaperForm):
    """A value for each placeholder."""

    def __init__(self, data: Data, *, text: str) -> None:
        super().__init__(data)
        self.names = placeholders_of(text)
        for number, name in enumerate(self.names):
            self.fields[f"value_{number}"] = forms.CharField(label=name, required=False, max_length=500)
        self.order_fields([f"value_{number}" for number in range(len(self.names))])

    @property
    def values(self) -> dict[str, str]:
        """The values by the names of their placeholders."""
        return {name: self.cleaned_data[f"value_{number}"] for number, name in enumerate(self.names)}


class PackForm(forms.Form):
    """Which templates go into a package."""

    templates = forms.ModelMultipleChoiceField(
        label=_("Templates"), queryset=Template.objects.none(), widget=MultiSelect, required=False,
        help_text=_("What is in force goes along, in all its languages."),
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=_("And also"), widget=MultiSelect, required=False,
        help_text=_("Code lists, descriptions of figures, procedures, surveys: to look at and to work with."),
    )  # fmt: skip

    def __init__(self, data: Data, *, actor: Actor, parts: Iterable[PackedPart]) -> None:
        super().__init__(data)
        choices = [(name_of(each), f"{each.title} ({each.kind.label})") for each in parts]
        self.fields["parts"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        shared = Template.objects.kept_by(actor).filter(licence__in=[licence.value for licence in SHARED])
        in_force = shared.filter(versions__state=VersionState.IN_FORCE.value).distinct().order_by("title")
        self.fields["templates"].queryset = in_force  # type: ignore[attr-defined]  # a ModelChoiceField


class UploadForm(forms.Form):
    """A package of another county, as a file or as it was read a moment ago."""

    package = forms.FileField(
        label=_("Package"), widget=FileInput(accept=(".json",), largest_mib=LARGEST // 1_000_000), required=False
    )
    content = forms.CharField(required=False, max_length=LARGEST, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """One of the two, as text."""
        entered = super().clean() or {}
        upload = entered.get("package")
        if upload is not None:
            entered["content"] = upload.read(LARGEST + 1).decode(errors="replace")
        if not entered.get("content") and not self.errors:
            self.add_error("package", _("Choose the file that the other county has sent you."))
        return entered
