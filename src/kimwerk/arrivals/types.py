"""The words of registration: states, findings, and the facts an errand is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kimwerk.persons.types import Problem, Sex


class RegistrationState(StrEnum):
    """How far a row has come. Whoever corrects a checked or released row sends it back to the check."""

    REGISTERED = "registered"
    CHECKED = "checked"
    RELEASED = "released"
    CORRECTED = "corrected"


AWAITING_CHECK = (RegistrationState.REGISTERED, RegistrationState.CORRECTED)


class Finding(StrEnum):
    """What a rule noticed about a row. It may be right all the same: the coordination decides."""

    DUPLICATE = "duplicate"  # somebody registered resembles them
    ALONE = "alone"  # a minor without an adult in the family and without anybody named
    SCHOOL_AGE = "school_age"  # of school age without need of a school, or the other way round
    CHILDCARE_AGE = "childcare_age"  # need of childcare at an age that has none
    ELSEWHERE = "elsewhere"  # the address lies in another municipality
    VERY_OLD = "very_old"  # older than anybody usually gets
    BEFORE_BIRTH = "before_birth"  # arrived before they were born
    NO_BIRTH = "no_birth"  # without a birth date, which the offices need
    BEFORE_OCCASION = "before_occasion"  # arrived long before the occasion began


class RegistrationField(StrEnum):
    """The facts of a registration, by the names of their columns and in forms."""

    MUNICIPALITY = "municipality"
    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    ORIGINAL_FAMILY = "original_family"
    ORIGINAL_GIVEN = "original_given"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"
    NEEDS_SCHOOL = "needs_school"
    NEEDS_CHILDCARE = "needs_childcare"
    IS_HEALTH_URGENT = "is_health_urgent"
    GUARDIAN = "guardian"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    HOST = "host"
    PHONE = "phone"
    ARRIVED_ON = "arrived_on"


OF_THE_LIST = frozenset({RegistrationField.MUNICIPALITY, RegistrationField.ARRIVED_ON})
"""They say on which list a row stands and since when: without them there is no row."""

FAMILY = "family"
"""Who was registered together: no fact that anybody enters, but a column that an office may ask for."""

COLUMNS = (*(field.value for field in RegistrationField), FAMILY)
"""What an office can ask for, in the order of the form."""


class OfficeKind(StrEnum):
    """What a receiving office is for, and thereby whom it may see at all."""

    FOREIGNERS_AUTHORITY = "foreigners_authority"  # everybody
    SCHOOL_OFFICE = "school_office"  # children of school age
    YOUTH_OFFICE = "youth_office"  # children who need childcare


class CurveBy(StrEnum):
    """By what registrations of a week are told apart."""

    MUNICIPALITY = "municipality"
    AGE = "age"
    NEED = "need"


class Need(StrEnum):
    """Which place somebody needs."""

    SCHOOL = "school"
    CHILDCARE = "childcare"
    NONE = "none"


class ReceiptKind(StrEnum):
    """What an office did: fetched rows, or took those it holds out as a file."""

    FETCHED = "fetched"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    LETTERS = "letters"


class Change(StrEnum):
    """What a fetched row is to the office that fetched it."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"  # a double, or no longer for this office: it deletes the row


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What an office says that it needs: of whose lists, as what, which columns, what for, by which law."""

    organisation_id: int
    recipient_id: int
    kind: OfficeKind
    columns: frozenset[str]
    purpose_id: int
    statutory_basis_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What is said about one member of a family."""

    family_name: str
    given_names: str = ""
    original_family: str = ""
    original_given: str = ""
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    nationality: str = ""
    needs_school: bool = False
    needs_childcare: bool = False
    is_health_urgent: bool = False
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """What the members of a family share when they are registered together."""

    municipality_id: int
    arrived_on: date
    street: str = ""
    postcode: str = ""
    town: str = ""
    host: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """A family as it is registered. Whoever sends the same `key` twice registers it once.

    `noted_at` is when a device without a connection noted it, by the clock of the device: a hint, and no more.
    """

    key: UUID
    shared: SharedFacts
    members: tuple[MemberFacts, ...]
    noted_at: datetime | None = None


Problems = dict[RegistrationField, Problem]


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of an occasion are asked for."""

    municipality_id: int | None = None
    state: RegistrationState | None = None
    finding: Finding | None = None
    name: str = ""
