"""The words of templates, and the plain values that errands are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TemplateKind(models.TextChoices):
    """What a template is for."""

    DECLARATION = "declaration", _("privacy declaration")
    INTAKE = "intake", _("intake sheet")
    AGREEMENT = "agreement", _("goal agreement")
    CONCEPT = "concept", _("concept")
    LETTER = "letter", _("letter")
    OTHER = "other", _("something else")


class Licence(models.TextChoices):
    """Under what a template may be used and changed by others."""

    CC0 = "CC0-1.0", _("CC0 1.0: free of any condition")
    BY = "CC-BY-4.0", _("CC BY 4.0: name the origin")
    DL_BY = "DL-DE-BY-2.0", _("Data licence Germany 2.0: name the origin")
    OWN = "own", _("within the county only")


SHARED = (Licence.CC0, Licence.BY, Licence.DL_BY)
"""Licences under which a template may leave the county."""


class Language(models.TextChoices):
    """The languages in which templates are written."""

    GERMAN = "de", _("German")
    PLAIN = "de-x-leicht", _("plain German")
    ENGLISH = "en", _("English")
    UKRAINIAN = "uk", _("Ukrainian")
    ARABIC = "ar", _("Arabic")
    PERSIAN = "fa", _("Persian")
    TURKISH = "tr", _("Turkish")
    RUSSIAN = "ru", _("Russian")
    FRENCH = "fr", _("French")


class VersionState(models.TextChoices):
    """The way of a version."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in legal review")
    IN_FORCE = "in_force", _("in force")
    WITHDRAWN = "withdrawn", _("no longer used")


class Verdict(models.TextChoices):
    """How a legal review ended."""

    PASSED = "passed", _("may be used")
    CHANGES = "changes", _("must be changed")


class Placeholder(models.TextChoices):
    """Placeholders that other rooms know: by these keys in any language, or by their German names."""

    NAME = "name", pgettext_lazy("placeholder", "Name")
    GIVEN_NAMES = "given_names", pgettext_lazy("placeholder", "Given names")
    FAMILY_NAME = "family_name", pgettext_lazy("placeholder", "Family name")
    BIRTH_DATE = "birth_date", pgettext_lazy("placeholder", "Date of birth")
    NATIONALITY = "nationality", pgettext_lazy("placeholder", "Nationality")
    LANGUAGE = "language", pgettext_lazy("placeholder", "Language")
    INTERPRETER = "interpreter", pgettext_lazy("placeholder", "Interpreter’s language")
    ADDRESS = "address", pgettext_lazy("placeholder", "Address")
    STREET = "street", pgettext_lazy("placeholder", "Street")
    POSTCODE = "postcode", pgettext_lazy("placeholder", "Postcode")
    PLACE = "place", pgettext_lazy("placeholder", "Place")
    TELEPHONE = "telephone", pgettext_lazy("placeholder", "Telephone")
    MAIL = "mail", pgettext_lazy("placeholder", "E-mail")
    CASE_NUMBER = "case_number", pgettext_lazy("placeholder", "Case number")
    COUNSELLED_SINCE = "counselled_since", pgettext_lazy("placeholder", "Counselled since")
    ARRIVED_ON = "arrived_on", pgettext_lazy("placeholder", "Arrived on")
    MUNICIPALITY = "municipality", pgettext_lazy("placeholder", "Municipality")
    ORGANISATION = "organisation", pgettext_lazy("placeholder", "Organisation")
    EVENT = "event", pgettext_lazy("placeholder", "Event")
    DAY_OF_EVENT = "day_of_event", pgettext_lazy("placeholder", "Day of the event")
    PLACE_OF_EVENT = "place_of_event", pgettext_lazy("placeholder", "Place of the event")
    COUNSELLOR = "counsellor", pgettext_lazy("placeholder", "Counsellor")
    OFFICE = "office", pgettext_lazy("placeholder", "Own office")
    TODAY = "today", pgettext_lazy("placeholder", "Date")
    PLACE_AND_DATE = "place_and_date", pgettext_lazy("placeholder", "Place and date")


class DocumentsProblem(StrEnum):
    """Why something cannot be like this."""

    NAME_TAKEN = "name_taken"
    NOT_A_DRAFT = "not_a_draft"  # only drafts are written
    NOT_IN_REVIEW = "not_in_review"
    NOT_REVIEWED = "not_reviewed"  # comes into force only after its review said that it may be used
    NOT_IN_FORCE = "not_in_force"
    NOT_SHARED = "not_shared"  # nothing in it may leave the county
    NO_PACKAGE = "no_package"  # the file is none, or of a later form
    ALTERED = "altered"  # the signature does not fit
    NO_PAPER = "no_paper"  # neither DOCX nor ODT, or nothing in it
    PAPER_TOO_LARGE = "paper_too_large"


class DocumentsRefused(Exception):
    """Something of a template cannot be like this; `problem` says why."""

    def __init__(self, problem: DocumentsProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What is known of a template."""

    title: str
    kind: TemplateKind
    licence: Licence
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class PackedVersion:
    """A version as a package carries it."""

    language: Language
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class PackedTemplate:
    """A template as a package carries it: `key` is the same wherever it goes, `origin` who wrote it first."""

    key: str
    title: str
    kind: TemplateKind
    licence: Licence
    purpose: str
    origin: str
    versions: tuple[PackedVersion, ...] = field(default=())


class PartKind(models.TextChoices):
    """What a package carries beside templates."""

    CODE_LIST = "code_list", _("code list")
    FIGURE = "figure", _("description of a figure")
    PROCEDURE = "procedure", _("procedure")
    SURVEY = "survey", _("questions of a survey")


@dataclass(frozen=True, slots=True)
class PackedPart:
    """Something beside templates as a package carries it: facts about it, and a table.

    `key` is the same wherever it goes. Of a code list the first column names each row.
    """

    kind: PartKind
    key: str
    title: str
    licence: Licence
    origin: str
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds, read and with a signature that fits. `fingerprint` tells the sender's key."""

    sender: str
    made_on: str
    fingerprint: str
    templates: tuple[PackedTemplate, ...] = ()
    parts: tuple[PackedPart, ...] = ()
