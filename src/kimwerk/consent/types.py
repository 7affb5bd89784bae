"""The words of consent: kinds, answers, directions, and the facts an errand is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.kernel.data_categories import DataCategory


class DeclarationKind(StrEnum):
    """Two acts that are never mixed: they have texts of their own and are signed apart."""

    DATA_CONSENT = "data_consent"  # Art. 6 and 9 GDPR
    SECRECY_RELEASE = "secrecy_release"  # release from professional secrecy, § 203 StGB


class Answer(StrEnum):
    """What the person said. A refusal has no grants and no signature, and closes nothing."""

    GIVEN = "given"
    REFUSED = "refused"


class DeclaredBy(StrEnum):
    """Who declared."""

    PERSON = "person"
    GUARDIAN = "guardian"


class Evidence(StrEnum):
    """By what the declaration is proved."""

    DRAWN = "drawn"  # signed on the screen
    SCAN = "scan"  # the signed paper, scanned
    PAPER = "paper"  # the signed paper lies in a file whose mark is noted


class FileKind(StrEnum):
    """What a proof may be, recognised by its first bytes and never by its name."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


class Direction(StrEnum):
    """Which way the data may go, seen from us."""

    TO = "to"
    FROM = "from"
    BOTH = "both"


class TextState(StrEnum):
    """A text is written, approved and one day replaced; what was signed stays readable for ever."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class TextLanguage(StrEnum):
    """The languages of the texts, by their BCP 47 tags."""

    GERMAN = "de"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    ARABIC = "ar"
    PERSIAN = "fa"
    TURKISH = "tr"
    ENGLISH = "en"
    FRENCH = "fr"

    @property
    def direction(self) -> str:
        """As the attribute `dir` of HTML says it."""
        return "rtl" if self in {TextLanguage.ARABIC, TextLanguage.PERSIAN} else "ltr"


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What is allowed: to whom (an organisation or a group, never both), for what, which data, how long."""

    purpose: str
    categories: frozenset[DataCategory]
    valid_from: date
    valid_until: date
    recipient_id: int | None = None
    group_id: int | None = None
    direction: Direction = Direction.TO


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of a declaration: a drawn or scanned file, or the mark of the paper original."""

    kind: Evidence
    content: bytes = b""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationFacts:
    """A declaration as it was made. A refusal has no grants and needs no proof."""

    person_id: int
    text_id: int
    declared_on: date
    place: str
    grants: tuple[GrantFacts, ...] = ()
    answer: Answer = Answer.GIVEN
    declared_by: DeclaredBy = DeclaredBy.PERSON
    guardian: str = ""
    interpreter: str = ""
    proof: Proof | None = None
    is_copy_handed_out: bool = False


class DeclarationField(StrEnum):
    """Where something can be wrong with a declaration."""

    TEXT = "text"
    DECLARED_ON = "declared_on"
    PLACE = "place"
    GUARDIAN = "guardian"
    INTERPRETER = "interpreter"
    GRANTS = "grants"
    PROOF = "proof"


class ConsentProblem(StrEnum):
    """What can be wrong with a declaration."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    IN_THE_FUTURE = "in_the_future"
    TEXT_NOT_IN_FORCE = "text_not_in_force"
    NO_GRANT = "no_grant"
    GRANT_ON_REFUSAL = "grant_on_refusal"
    RECIPIENT_CLOSED = "recipient_closed"
    RECIPIENT_UNKNOWN = "recipient_unknown"
    PURPOSE_UNKNOWN = "purpose_unknown"
    NO_CATEGORY = "no_category"
    PERIOD_BACKWARDS = "period_backwards"
    PERIOD_TOO_LONG = "period_too_long"
    FILE_TOO_LARGE = "file_too_large"
    FILE_OF_ANOTHER_KIND = "file_of_another_kind"
    FILE_INFECTED = "file_infected"
    FILE_UNCHECKED = "file_unchecked"


Problems = dict[DeclarationField, ConsentProblem]
