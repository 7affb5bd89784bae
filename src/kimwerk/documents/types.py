"""The words of templates, and the plain values that errands are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


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


@dataclass(frozen=True, slots=True)
class Package:
    """What a package holds, read and with a signature that fits. `fingerprint` tells the sender's key."""

    sender: str
    made_on: str
    fingerprint: str
    templates: tuple[PackedTemplate, ...]
