"""The forms of consent. What they cannot know is judged by the errand and told at the same fields."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.consent.files import LARGEST_MIB
from kimwerk.consent.models import Purpose, RecipientGroup, StatutoryBasis
from kimwerk.consent.types import (
    Answer,
    ConsentProblem,
    DeclarationFacts,
    DeclarationField,
    DeclaredBy,
    Direction,
    Evidence,
    GrantFacts,
    Problems,
    Proof,
)
from kimwerk.consent.web.wording import DECLARERS, EVIDENCE, PROBLEMS, category_label, direction_label
from kimwerk.directory.models import Organisation
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.ui.uploads import is_too_large
from kimwerk.ui.widgets import Combobox, DateInput, FileInput

DRAWN_BEGINNING = "data:image/png;base64,"
MOST_LINES = 12
CONSENT = "consent"
PLACES = {
    DeclarationField.TEXT: None,
    DeclarationField.DECLARED_ON: "declared_on",
    DeclarationField.PLACE: "place",
    DeclarationField.GUARDIAN: "guardian",
    DeclarationField.INTERPRETER: "interpreter",
    DeclarationField.GRANTS: None,
    DeclarationField.PROOF: "evidence",
}


class GrantForm(forms.Form):
    """One thing that is allowed. A line left empty is no grant."""

    use_required_attribute = False

    recipient = forms.ChoiceField(label=_("To which office"), required=False, widget=Combobox)
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    categories = forms.MultipleChoiceField(label=_("Which data"), required=False, widget=forms.CheckboxSelectMultiple)
    special = forms.MultipleChoiceField(
        label=_("Specially protected data"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each needs a tick of its own, after asking for it by itself."),
    )
    direction = forms.ChoiceField(label=_("Which way"), required=False, widget=forms.RadioSelect)
    valid_until = forms.DateField(label=_("Allowed until"), required=False)

    def fill(self, recipients: Sequence[tuple[str, str]], purposes: Sequence[tuple[str, str]], today: date) -> None:
        """Offer what can be chosen."""
        choices = {
            "recipient": (("", ""), *recipients),
            "purpose": (("", ""), *purposes),
            "categories": tuple((c.value, category_label(c)) for c in DataCategory if not c.is_special),
            "special": tuple((c.value, category_label(c)) for c in DataCategory if c.is_special),
            "direction": tuple((d.value, direction_label(d)) for d in Direction),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        self.fields["direction"].initial = Direction.TO.value
        self.fields["valid_until"].initial = today.replace(day=1, year=today.year + 1)
        self.fields["valid_until"].widget = DateInput(earliest=today)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen on this line."""
        given = self.cleaned_data
        return not any(given.get(name) for name in ("recipient", "purpose", "categories", "special"))

    def facts(self, first: date) -> GrantFacts | None:
        """What was allowed; None after putting what is missing at its field."""
        given = self.cleaned_data
        categories = frozenset(DataCategory(value) for value in (*given["categories"], *given["special"]))
        for name, is_there, problem in (
            ("recipient", given["recipient"], ConsentProblem.RECIPIENT_UNKNOWN),
            ("purpose", given["purpose"], ConsentProblem.PURPOSE_UNKNOWN),
            ("categories", categories, ConsentProblem.NO_CATEGORY),
            ("valid_until", given.get("valid_until"), ConsentProblem.MISSING),
        ):
            if not is_there:
                self.add_error(name, str(PROBLEMS[problem]))
        if self.errors:
            return None
        sort, key = given["recipient"][:1], int(given["recipient"][1:])
        return GrantFacts(
            purpose=given["purpose"],
            categories=categories,
            valid_from=first,
            valid_until=given["valid_until"],
            recipient_id=key if sort == "o" else None,
            group_id=key if sort == "g" else None,
            direction=Direction(given["direction"] or Direction.TO.value),
        )


class DeclareForm(forms.Form):
    """Who declared when and where, and by what it is proved."""

    use_required_attribute = False

    declared_on = forms.DateField(label=_("Signed on"))
    place = forms.CharField(label=_("Place"), max_length=120)
    declared_by = forms.ChoiceField(
        label=_("Who declares"), choices=tuple((d.value, label) for d, label in DECLARERS.items()),
        widget=forms.RadioSelect, initial=DeclaredBy.PERSON.value,
    )  # fmt: skip
    guardian = forms.CharField(label=_("Name of the parent, guardian or custodian"), max_length=160, required=False)
    interpreter = forms.CharField(
        label=_("Name of the interpreter"), max_length=160, required=False, help_text=_("If somebody interpreted.")
    )
    evidence = forms.ChoiceField(
        label=_("Signature"), choices=tuple((e.value, label) for e, label in EVIDENCE.items()),
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    scan = forms.FileField(
        label=_("Scan of the signed paper"),
        required=False,
        allow_empty_file=True,
        widget=FileInput(accept=(".pdf", ".png", ".jpg", ".jpeg"), largest_mib=LARGEST_MIB),
    )
    mark = forms.CharField(
        label=_("Where the original lies"), max_length=80, required=False, help_text=_("For example: file 12/3.")
    )
    is_copy_handed_out = forms.BooleanField(label=_("A copy was handed out"), required=False)

    def __init__(self, request: HttpRequest, *, person_id: int, home_id: int, text_id: int, place: str) -> None:
        sent = request.POST if request.method == "POST" else None
        today = timezone.localdate()
        super().__init__(
            sent, request.FILES if sent is not None else None, initial={"declared_on": today, "place": place}
        )
        self.fields["declared_on"].widget = DateInput(latest=today)
        self.person_id, self.text_id, self.is_cut_off = person_id, text_id, is_too_large(request)
        asked = sent.get("lines", "") if sent is not None else ""
        count = min(max(int(asked), 1), MOST_LINES) if asked.isdecimal() else 1
        if sent is not None and "more" in sent:
            count = min(count + 1, MOST_LINES)
        self.lines = tuple(GrantForm(sent, prefix=f"g{number}") for number in range(count))
        recipients, purposes = _recipients(home_id, today), _purposes()
        for line in self.lines:
            line.fill(recipients, purposes, today)

    @property
    def answer(self) -> Answer:
        """Which of the two buttons was pressed."""
        return Answer.REFUSED if self.data.get("answer") == Answer.REFUSED.value else Answer.GIVEN

    def facts(self) -> DeclarationFacts | None:
        """What was declared; None if something is missing, which then stands at its field."""
        grants = self.grants()
        if not self.is_valid() or grants is None:
            return None
        given = self.cleaned_data
        return DeclarationFacts(
            person_id=self.person_id,
            text_id=self.text_id,
            declared_on=given["declared_on"],
            place=given["place"],
            grants=grants,
            answer=self.answer,
            declared_by=DeclaredBy(given["declared_by"]),
            guardian=given["guardian"] if given["declared_by"] == DeclaredBy.GUARDIAN.value else "",
            interpreter=given["interpreter"],
            proof=self._proof(),
            is_copy_handed_out=given["is_copy_handed_out"],
        )

    def grants(self) -> tuple[GrantFacts, ...] | None:
        """The lines that are filled in; None if one of them is so only in part."""
        if self.answer is Answer.REFUSED:
            return ()
        valid = [line.is_valid() for line in self.lines]
        if not all(valid):
            return None
        first = self.cleaned_data.get("declared_on") if self.is_valid() else None
        filled = [line.facts(first or timezone.localdate()) for line in self.lines if not line.is_empty]
        found = tuple(each for each in filled if each is not None)
        return found if len(found) == len(filled) else None

    def refuse(self, problems: Problems) -> None:
        """Put what the errand found wrong at its field."""
        for place, problem in problems.items():
            self.add_error(PLACES[place], str(PROBLEMS[problem]))

    def clean(self) -> dict[str, object]:
        """A file that was cut off on its way in was too large."""
        if self.is_cut_off:
            self.add_error("evidence", str(PROBLEMS[ConsentProblem.FILE_TOO_LARGE]))
        return self.cleaned_data

    def _proof(self) -> Proof | None:
        given = self.cleaned_data
        if self.answer is Answer.REFUSED or not given["evidence"]:
            return None
        kind = Evidence(given["evidence"])
        if kind is Evidence.PAPER:
            return Proof(kind, mark=given["mark"])
        return Proof(kind, content=_drawing(given["drawn"]) if kind is Evidence.DRAWN else _file(given["scan"]))


def _drawing(text: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix(DRAWN_BEGINNING), validate=True)
    except binascii.Error:
        return b""


def _file(upload: UploadedFile[bytes] | None) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    return upload.read(LARGEST_MIB * 1024 * 1024 + 1) if upload else b""


def _recipients(home_id: int, today: date) -> tuple[tuple[str, str], ...]:
    groups = RecipientGroup.objects.filter(organisation=home_id, is_active=True).order_by("name")
    offices = Organisation.objects.existing(today).filter(~Q(pk=home_id)).order_by("sort_key")
    return (
        *((f"g{each.pk}", f"{each.name} ({', '.join(each.names_on(today))})") for each in groups),
        *((f"o{pk}", name) for pk, name in offices.values_list("pk", "name")),
    )


def _purposes() -> tuple[tuple[str, str], ...]:
    return tuple(Purpose.objects.filter(is_active=True).order_by("position", "label").values_list("code", "label"))


class TextForm(forms.Form):
    """A text in one language."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In short"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Plain words, at most five sentences."),
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 26}),
        help_text=_("A line that begins with ## is a heading. Every other line is a paragraph."),
    )


class ParticularsForm(forms.Form):
    """What the samples leave blank."""

    controller = forms.CharField(label=_("Name and address of the office"), max_length=300)
    officer = forms.CharField(label=_("How to reach the data protection officer"), max_length=300)
    authority = forms.CharField(
        label=_("Supervisory authority"),
        max_length=300,
        initial=_("State Commissioner for Data Protection and Freedom of Information North Rhine-Westphalia"),
    )


class DisclosureForm(forms.Form):
    """What is told to whom, and on what basis."""

    use_required_attribute = False

    recipient = forms.ChoiceField(label=_("To which office"), widget=Combobox)
    purpose = forms.ChoiceField(label=_("What for"))
    categories = forms.MultipleChoiceField(label=_("Which data"), widget=forms.CheckboxSelectMultiple)
    basis = forms.ChoiceField(
        label=_("Because"),
        help_text=_("Without consent only where a law demands or allows it. The data protection officer sees a list."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        help_text=_("Only for a law: what happened, without names."),
    )

    def __init__(self, data: QueryDict | None, *, home_id: int, there: frozenset[DataCategory]) -> None:
        super().__init__(data)
        offices = tuple(each for each in _recipients(home_id, timezone.localdate()) if each[0].startswith("o"))
        laws = StatutoryBasis.objects.filter(is_active=True).order_by("position")
        choices = {
            "recipient": (("", ""), *offices),
            "purpose": (("", ""), *_purposes()),
            "categories": tuple((c.value, category_label(c)) for c in DataCategory if c in there),
            "basis": (
                (CONSENT, _("the person allowed it")),
                *((each.code, f"{each.label} – {each.law}") for each in laws),
            ),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean(self) -> dict[str, object]:
        """A law needs its reason."""
        given = self.cleaned_data
        if given.get("basis") not in {CONSENT, None} and not str(given.get("reason", "")).strip():
            self.add_error("reason", str(PROBLEMS[ConsentProblem.MISSING]))
        return given
