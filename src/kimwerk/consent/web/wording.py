"""How the words of consent are said on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimwerk.consent.types import (
    ConsentProblem,
    DeclarationKind,
    DeclaredBy,
    Direction,
    Evidence,
    TextLanguage,
    TextState,
)
from kimwerk.consent.wording import words_of
from kimwerk.kernel.data_categories import DataCategory

KINDS: Mapping[DeclarationKind, Promise] = {
    DeclarationKind.DATA_CONSENT: _("Consent to pass on data"),
    DeclarationKind.SECRECY_RELEASE: _("Release from secrecy"),
}
LANGUAGES: Mapping[TextLanguage, Promise] = {
    TextLanguage.GERMAN: _("German"),
    TextLanguage.UKRAINIAN: _("Ukrainian"),
    TextLanguage.RUSSIAN: _("Russian"),
    TextLanguage.ARABIC: _("Arabic"),
    TextLanguage.PERSIAN: _("Persian"),
    TextLanguage.TURKISH: _("Turkish"),
    TextLanguage.ENGLISH: _("English"),
    TextLanguage.FRENCH: _("French"),
}
SPOKEN_AS: Mapping[str, TextLanguage] = {
    "deu": TextLanguage.GERMAN,
    "ukr": TextLanguage.UKRAINIAN,
    "rus": TextLanguage.RUSSIAN,
    "ara": TextLanguage.ARABIC,
    "pes": TextLanguage.PERSIAN,
    "prs": TextLanguage.PERSIAN,
    "tur": TextLanguage.TURKISH,
    "eng": TextLanguage.ENGLISH,
    "fra": TextLanguage.FRENCH,
}
"""The language of the text by the key under which a person's file knows it."""


class ListKey(StrEnum):
    """The maintained lists, by the word in their address."""

    PURPOSES = "zwecke"
    BASES = "gesetze"
    GROUPS = "gruppen"


LISTS: Mapping[ListKey, Promise] = {
    ListKey.PURPOSES: _("Purposes"),
    ListKey.BASES: _("Statutory bases"),
    ListKey.GROUPS: _("Groups of recipients"),
}
REFUSALS: Mapping[str, Promise] = {
    "exists": _("This stands in the list already."),
    "not_open": _("Choose an organisation that exists today."),
}
STATES: Mapping[TextState, Promise] = {
    TextState.DRAFT: _("draft"),
    TextState.IN_FORCE: _("in force"),
    TextState.WITHDRAWN: _("replaced"),
}
DECLARERS: Mapping[DeclaredBy, Promise] = {
    DeclaredBy.PERSON: _("the person themselves"),
    DeclaredBy.GUARDIAN: _("a parent, guardian or custodian"),
}
EVIDENCE: Mapping[Evidence, Promise] = {
    Evidence.DRAWN: _("signed on this screen"),
    Evidence.SCAN: _("signed on paper, here is the scan"),
    Evidence.PAPER: _("signed on paper, the original lies in the file"),
}
PROBLEMS: Mapping[ConsentProblem, Promise] = {
    ConsentProblem.MISSING: _("Please fill this in."),
    ConsentProblem.TOO_LONG: _("This is too long. Shorten it."),
    ConsentProblem.IN_THE_FUTURE: _("The day lies in the future. Enter the day on which it was signed."),
    ConsentProblem.TEXT_NOT_IN_FORCE: _(
        "This version of the text was not in force on that day. Begin again with the one in force."
    ),
    ConsentProblem.NO_GRANT: _("Nothing is allowed yet. Choose at least one office, or note the refusal."),
    ConsentProblem.GRANT_ON_REFUSAL: _("Whoever refuses allows nothing. Empty the list, or note the consent."),
    ConsentProblem.RECIPIENT_CLOSED: _("This organisation is closed. Nothing can be passed on to it."),
    ConsentProblem.RECIPIENT_UNKNOWN: _("Choose one office or one group."),
    ConsentProblem.PURPOSE_UNKNOWN: _("Choose what it is for."),
    ConsentProblem.NO_CATEGORY: _("Tick which data may be passed on."),
    ConsentProblem.PERIOD_BACKWARDS: _("The last day lies before the first. Enter a later one."),
    ConsentProblem.PERIOD_TOO_LONG: _("At most three years. Enter an earlier last day."),
    ConsentProblem.FILE_TOO_LARGE: _("This file is larger than 10 MB. Scan it with less resolution, or in grey."),
    ConsentProblem.FILE_OF_ANOTHER_KIND: _("This is neither a PDF nor a PNG or JPEG picture. Scan the paper again."),
    ConsentProblem.FILE_INFECTED: _("This file carries a virus. It was not kept. Scan the paper again."),
    ConsentProblem.FILE_UNCHECKED: _(
        "The virus scanner does not answer, so the file was not kept. Try again, or note the paper original."
    ),
}


def category_label(category: DataCategory) -> str:
    """A category in German."""
    return words_of(TextLanguage.GERMAN)["categories"][category.value]


def categories_text(values: Iterable[str]) -> str:
    """Categories in German, in the order of the list."""
    chosen = set(values)
    return "; ".join(category_label(category) for category in DataCategory if category.value in chosen)


def direction_label(direction: Direction) -> str:
    """A direction in German."""
    return words_of(TextLanguage.GERMAN)["directions"][direction.value]
