"""The form for a person. What it cannot know is judged by the errand and told at the same fields."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.directory.models import Municipality
from kimwerk.persons.reference import COMMON_LANGUAGES, GERMAN, language_name, languages, nationalities
from kimwerk.persons.services.judging import LONGEST_NAME
from kimwerk.persons.texts import problem_of_latin_name
from kimwerk.persons.types import (
    Channel,
    LanguageFacts,
    LanguageLevel,
    NameFacts,
    NameKind,
    PersonFacts,
    Problems,
    Sex,
)
from kimwerk.persons.types import PersonField as F
from kimwerk.persons.web.typed import (
    aliases_text,
    birth_text,
    country_text,
    languages_text,
    nationalities_text,
    read_aliases,
    read_birth,
    read_country,
    read_language,
    read_languages,
    read_nationalities,
    without_german,
)
from kimwerk.persons.web.wording import FIELDS, told
from kimwerk.persons.wording import CHANNELS, SEXES
from kimwerk.ui.widgets import Combobox, DateInput, SuggestInput

NOTHING = ("", "")
LATIN = ("family_name", "given_names", "passport_family", "passport_given", "birth_name", "name_prefix", "title")
NO_DAY = {"invalid": _("There is no such day. Write it as 07.03.2022.")}
AT_FIELD = {
    F.BIRTH_DATE: "birth",
    F.BIRTH_YEAR: "birth",
    F.LANGUAGES: "further_languages",
    F.NAMES: "original_family",
    F.PREFIX: "name_prefix",
}
"""Fields of the form that stand for facts of another name."""


class OriginalInput(forms.TextInput):
    """A name in any script: the direction of writing follows what is typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"dir": "auto"})


class PersonForm(forms.Form):
    """Everything about a person that is no history.

    Only the family name is needed; the errand judges it like all names, and the page says so once.
    """

    family_name = forms.CharField(label=FIELDS[F.FAMILY_NAME], max_length=120, required=False)
    given_names = forms.CharField(label=FIELDS[F.GIVEN_NAMES], max_length=120, required=False)
    original_family = forms.CharField(
        label=_("Family name in the original script"), max_length=120, required=False, widget=OriginalInput
    )
    original_given = forms.CharField(
        label=_("Given names in the original script"), max_length=120, required=False, widget=OriginalInput
    )
    passport_family = forms.CharField(
        label=_("Family name as in the passport"), max_length=120, required=False, help_text=_("If it differs.")
    )
    passport_given = forms.CharField(label=_("Given names as in the passport"), max_length=120, required=False)
    birth_name = forms.CharField(label=_("Name at birth"), max_length=120, required=False)
    aliases = forms.CharField(
        label=_("Also known as"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name a line: family name, given names."),
    )
    name_prefix = forms.CharField(
        label=FIELDS[F.PREFIX], max_length=60, required=False, help_text=_("Such as von, al-.")
    )
    title = forms.CharField(label=FIELDS[F.TITLE], max_length=60, required=False)
    birth = forms.CharField(
        label=_("Date or year of birth"), required=False, max_length=20, help_text=_("Such as 07.03.1990 or 1990.")
    )
    sex = forms.ChoiceField(
        label=FIELDS[F.SEX],
        required=False,
        choices=[(sex.value, text) for sex, text in SEXES.items()],
        widget=forms.RadioSelect,
    )
    nationalities = forms.CharField(
        label=FIELDS[F.NATIONALITIES],
        required=False,
        max_length=300,
        help_text=_("State or nationality, several after commas."),
    )
    birth_country = forms.CharField(label=FIELDS[F.BIRTH_COUNTRY], required=False, max_length=120)
    mother_tongues = forms.CharField(label=_("Mother tongue"), required=False, max_length=200)
    german_level = forms.ChoiceField(
        label=_("German"), required=False, choices=[NOTHING, *((each.value, each.value) for each in LanguageLevel)]
    )
    further_languages = forms.CharField(
        label=_("Further languages"), required=False, max_length=300, help_text=_("Such as: Russisch, Englisch B1.")
    )
    interpreter_language = forms.CharField(
        label=FIELDS[F.INTERPRETER_LANGUAGE],
        required=False,
        max_length=120,
        help_text=_("Leave empty if none is needed."),
    )
    phone = forms.CharField(label=FIELDS[F.PHONE], max_length=60, required=False)
    email = forms.EmailField(label=FIELDS[F.EMAIL], required=False)
    preferred_channel = forms.ChoiceField(
        label=FIELDS[F.PREFERRED_CHANNEL],
        required=False,
        choices=[NOTHING, *((channel.value, text) for channel, text in CHANNELS.items())],
    )
    street = forms.CharField(label=FIELDS[F.STREET], max_length=120, required=False)
    postcode = forms.CharField(label=FIELDS[F.POSTCODE], max_length=5, required=False)
    town = forms.CharField(label=FIELDS[F.TOWN], max_length=80, required=False)
    municipality = forms.TypedChoiceField(
        label=FIELDS[F.MUNICIPALITY], required=False, coerce=int, empty_value=None, widget=Combobox
    )
    arrived_germany_on = forms.DateField(label=FIELDS[F.ARRIVED_GERMANY_ON], required=False, error_messages=NO_DAY)
    arrived_municipality_on = forms.DateField(
        label=FIELDS[F.ARRIVED_MUNICIPALITY_ON], required=False, error_messages=NO_DAY
    )

    def __init__(self, data: QueryDict | None = None, *, facts: PersonFacts) -> None:
        super().__init__(data, initial=initial_of(facts))
        self.organisation_id = facts.organisation_id
        self.fields["family_name"].widget.attrs["aria-required"] = "true"
        today = timezone.localdate()
        for name in ("arrived_germany_on", "arrived_municipality_on"):
            self.fields[name].widget = DateInput(latest=today)
        tongues = _tongues()
        for name in ("mother_tongues", "interpreter_language"):
            self.fields[name].widget = SuggestInput(tongues)
        states = tuple(each.state for each in nationalities().values() if each.until is None)
        for name in ("nationalities", "birth_country"):
            self.fields[name].widget = SuggestInput(states)
        for name in ("postcode", "birth"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric" if name == "postcode" else "text"}
        for name in self.fields:
            self.fields[name].widget.attrs |= {"autocomplete": "off"}
        places = Municipality.objects.order_by("sort_key").values_list("pk", "name")
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [NOTHING, *((str(pk), name) for pk, name in places)]

    def clean_birth(self) -> object:
        return read_birth(self.cleaned_data["birth"])

    def clean_nationalities(self) -> object:
        return read_nationalities(self.cleaned_data["nationalities"])

    def clean_birth_country(self) -> str:
        return read_country(self.cleaned_data["birth_country"])

    def clean_mother_tongues(self) -> object:
        return read_languages(self.cleaned_data["mother_tongues"], is_mother_tongue=True)

    def clean_further_languages(self) -> object:
        return read_languages(self.cleaned_data["further_languages"])

    def clean_interpreter_language(self) -> str:
        return read_language(self.cleaned_data["interpreter_language"])

    def clean(self) -> None:
        """Names in letters that cannot stand are told at once, beside whatever else is wrong."""
        for name in LATIN:
            problem = problem_of_latin_name(self.cleaned_data.get(name, ""), LONGEST_NAME)
            if problem is not None:
                self.add_error(name, told(problem))

    def facts(self) -> PersonFacts:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        birth_date, birth_year = given["birth"]
        return PersonFacts(
            organisation_id=self.organisation_id,
            family_name=given["family_name"],
            given_names=given["given_names"],
            title=given["title"],
            prefix=given["name_prefix"],
            names=_names(given),
            birth_date=birth_date,
            birth_year=birth_year,
            birth_country=given["birth_country"],
            sex=Sex(given["sex"] or Sex.UNKNOWN),
            nationalities=given["nationalities"],
            languages=_languages(given["mother_tongues"], given["german_level"], given["further_languages"]),
            interpreter_language=given["interpreter_language"],
            municipality_id=given["municipality"],
            street=given["street"],
            postcode=given["postcode"],
            town=given["town"],
            phone=given["phone"],
            email=given["email"],
            preferred_channel=Channel(given["preferred_channel"]) if given["preferred_channel"] else None,
            arrived_germany_on=given["arrived_germany_on"],
            arrived_municipality_on=given["arrived_municipality_on"],
        )

    def refuse(self, problems: Problems) -> None:
        """Put what the errand found wrong at its fields."""
        for place, problem in problems.items():
            name = AT_FIELD.get(place, place.value)
            self.add_error(name if name in self.fields else None, told(problem))


def initial_of(facts: PersonFacts) -> dict[str, object]:
    """Facts as the form's first values."""
    original, passport = _first(facts, NameKind.ORIGINAL_SCRIPT), _first(facts, NameKind.PASSPORT)
    columns = {name: getattr(facts, name) for name in PersonFacts.__dataclass_fields__}
    return columns | {
        "name_prefix": facts.prefix,
        "original_family": original.family,
        "original_given": original.given,
        "passport_family": passport.family,
        "passport_given": passport.given,
        "birth_name": _first(facts, NameKind.BIRTH).family,
        "aliases": aliases_text(each for each in facts.names if each.kind is NameKind.ALIAS),
        "birth": birth_text(facts.birth_date, facts.birth_year),
        "sex": facts.sex.value,
        "nationalities": nationalities_text(facts.nationalities),
        "birth_country": country_text(facts.birth_country),
        "mother_tongues": languages_text(each for each in facts.languages if each.is_mother_tongue),
        "german_level": _german_level(facts),
        "further_languages": languages_text(without_german(facts.languages)),
        "interpreter_language": language_name(facts.interpreter_language) if facts.interpreter_language else "",
        "municipality": facts.municipality_id,
        "preferred_channel": facts.preferred_channel.value if facts.preferred_channel else "",
    }


def _first(facts: PersonFacts, kind: NameKind) -> NameFacts:
    return next((each for each in facts.names if each.kind is kind), NameFacts(kind, ""))


def _german_level(facts: PersonFacts) -> str:
    german = next((each for each in facts.languages if each.key == GERMAN and not each.is_mother_tongue), None)
    return german.level.value if german and german.level else ""


def _names(given: Mapping[str, str]) -> tuple[NameFacts, ...]:
    names = (
        NameFacts(NameKind.ORIGINAL_SCRIPT, given["original_family"], given["original_given"]),
        NameFacts(NameKind.PASSPORT, given["passport_family"], given["passport_given"]),
        NameFacts(NameKind.BIRTH, given["birth_name"]),
    )
    return (*(each for each in names if each.family or each.given), *read_aliases(given["aliases"]))


def _languages(
    mother_tongues: tuple[LanguageFacts, ...], german_level: str, further: tuple[LanguageFacts, ...]
) -> tuple[LanguageFacts, ...]:
    """Each language once: what was said first counts."""
    german = (LanguageFacts(GERMAN, LanguageLevel(german_level)),) if german_level else ()
    spoken: dict[str, LanguageFacts] = {}
    for each in (*mother_tongues, *german, *further):
        spoken.setdefault(each.key, each)
    return tuple(spoken.values())


def _tongues() -> tuple[str, ...]:
    """Languages to suggest, the usual ones first."""
    usual = [language_name(key) for key in COMMON_LANGUAGES]
    return tuple(dict.fromkeys((*usual, *(each.label for each in languages().values()))))
