"""The small forms of a person's file: household, papers, residence titles, a review."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.persons.models import IdentityDocument, Person
from kimwerk.persons.models.person import EARLIEST_YEAR
from kimwerk.persons.reference import nationalities, residence_titles
from kimwerk.persons.services.parts import DocumentFacts, MemberFacts, TitleFacts
from kimwerk.persons.texts import problem_of_latin_name, problem_of_text
from kimwerk.persons.types import DocumentKind, Problem, Relation
from kimwerk.persons.web.forms import NO_DAY, NOTHING
from kimwerk.persons.web.typed import read_country
from kimwerk.persons.web.wording import told
from kimwerk.persons.wording import DOCUMENT_KINDS, RELATIONS
from kimwerk.ui.widgets import Combobox, DateInput, SuggestInput

MOST_FILES = 500


def whole_or_none(value: str) -> int | None:
    """The id behind a chosen option; None for the empty one."""
    return int(value) if value else None


class _PartForm(forms.Form):
    """A form whose texts hold nothing invisible."""

    latin: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def clean(self) -> None:
        for name in (*self.latin, *self.texts):
            check = problem_of_latin_name if name in self.latin else problem_of_text
            self._refuse(name, check(self.cleaned_data.get(name, ""), 160))

    def _refuse(self, name: str, problem: Problem | None) -> None:
        if problem is not None:
            self.add_error(name, told(problem))


class MemberForm(_PartForm):
    """Somebody of the household."""

    latin = ("given_names", "family_name")
    relation = forms.ChoiceField(
        label=_("Relation"), choices=[NOTHING, *((each.value, text) for each, text in RELATIONS.items())]
    )
    given_names = forms.CharField(label=_("Given names"), max_length=120)
    family_name = forms.CharField(
        label=_("Family name"), max_length=120, required=False, help_text=_("If it is another one.")
    )
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=EARLIEST_YEAR)
    lives_here = forms.BooleanField(label=_("Lives in the same household"), required=False, initial=True)
    file = forms.TypedChoiceField(
        label=_("Own file"),
        required=False,
        coerce=whole_or_none,
        empty_value=None,
        widget=Combobox,
        help_text=_("Only files in your own care can be linked."),
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, person: Person) -> None:
        super().__init__(data)
        files = Person.objects.visible_to(actor).exclude(pk=person.pk).in_order()[:MOST_FILES]
        field = self.fields["file"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [NOTHING, *((str(each.pk), each.listed_name) for each in files)]
        year = self.fields["birth_year"]
        year.widget.attrs |= {"inputmode": "numeric", "max": str(timezone.localdate().year)}

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_("This lies in the future. Check the year."))
        return year

    def facts(self) -> MemberFacts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return MemberFacts(
            relation=Relation(given["relation"]),
            given_names=given["given_names"],
            family_name=given["family_name"],
            birth_year=given["birth_year"],
            lives_here=given["lives_here"],
            file_id=given["file"],
        )


class TitleForm(_PartForm):
    """A residence title for a time."""

    texts = ("authority",)
    title = forms.ChoiceField(label=_("Residence title"), widget=Combobox)
    valid_from = forms.DateField(label=_("Valid from"), error_messages=NO_DAY)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, error_messages=NO_DAY, help_text=_("Leave empty if it has no end.")
    )
    authority = forms.CharField(label=_("Authority"), max_length=160, required=False)
    document = forms.TypedChoiceField(
        label=_("Seen in the document"), required=False, coerce=whole_or_none, empty_value=None
    )

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        super().__init__(data)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in residence_titles().values():
            groups.setdefault(each.group, []).append((each.key, each.label))
        papers = IdentityDocument.objects.filter(person=person).order_by("pk")
        options = [(str(paper.pk), str(DOCUMENT_KINDS[DocumentKind(paper.kind)])) for paper in papers]
        title, document = self.fields["title"], self.fields["document"]
        if isinstance(title, forms.ChoiceField) and isinstance(document, forms.ChoiceField):
            title.choices = [NOTHING, *groups.items()]
            document.choices = [NOTHING, *options]
        for name in ("valid_from", "valid_until"):
            self.fields[name].widget = DateInput()

    def clean(self) -> None:
        super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The title ends before it begins. Check both dates."))

    def facts(self) -> TitleFacts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return TitleFacts(
            given["title"], given["valid_from"], given["valid_until"], given["authority"], given["document"]
        )


class DocumentForm(_PartForm):
    """A paper."""

    texts = ("number",)
    kind = forms.ChoiceField(label=_("Document"), choices=[(each.value, text) for each, text in DOCUMENT_KINDS.items()])
    number = forms.CharField(
        label=_("Document number"), max_length=60, required=False, help_text=_("Is kept encrypted.")
    )
    country = forms.CharField(label=_("Issued by the state"), max_length=120, required=False)
    valid_until = forms.DateField(label=_("Valid until"), required=False, error_messages=NO_DAY)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["country"].widget = SuggestInput(tuple(each.state for each in nationalities().values()))
        self.fields["valid_until"].widget = DateInput()
        self.fields["number"].widget.attrs |= {"autocomplete": "off"}

    def clean_country(self) -> str:
        return read_country(self.cleaned_data["country"])

    def facts(self) -> DocumentFacts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return DocumentFacts(DocumentKind(given["kind"]), given["number"], given["country"], given["valid_until"])


class ReviewForm(forms.Form):
    """What came of looking into somebody's reading."""

    note = forms.CharField(
        label=_("What came of it"),
        max_length=300,
        help_text=_("Such as: cover for a colleague, cleared with the coordination. No names of clients."),
    )


class SearchForm(forms.Form):
    """Searching in the list of persons while one types."""

    q = forms.CharField(
        label=_("Name or year of birth"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
