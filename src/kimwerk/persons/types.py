"""Values the room of persons speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """As the register of residents has it, and not known."""

    MALE = "male"
    FEMALE = "female"
    DIVERSE = "diverse"
    UNKNOWN = "unknown"


class Subject(StrEnum):
    """Of whom the identity is kept: files in care, and rows of registration lists."""

    PERSON = "person"
    REGISTRATION = "registration"


class NameKind(StrEnum):
    """What sort of a name stands beside the one a person is called by."""

    ORIGINAL_SCRIPT = "original_script"
    PASSPORT = "passport"
    BIRTH = "birth"
    ALIAS = "alias"


class TokenKind(StrEnum):
    """How a word of a name was made findable."""

    SEARCH = "search"  # search form of DIN 91379
    ORIGINAL = "original"  # original script, in capitals and without marks
    TRANSLITERATION = "transliteration"  # original script in Latin letters, in several usual ways
    PHONETIC = "phonetic"  # Kölner Phonetik


class Channel(StrEnum):
    """How a person wishes to be reached."""

    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


class LanguageLevel(StrEnum):
    """The Common European Framework of Reference, with A0 for none yet."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Relation(StrEnum):
    """What somebody in the household is to the person."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER = "other"


class DocumentKind(StrEnum):
    """Papers whose validity one has to keep an eye on."""

    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TRAVEL_DOCUMENT = "travel_document"
    RESIDENCE_PERMIT = "residence_permit"
    PROVISIONAL = "provisional"
    ARRIVAL = "arrival"
    ASYLUM = "asylum"
    TOLERATION = "toleration"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"


class CareReason(StrEnum):
    """Why somebody may open a person's file."""

    REGISTERED = "registered"
    CASE = "case"
    DEPUTY = "deputy"
    BREAK_GLASS = "break_glass"
    HANDOVER = "handover"


class ErasureReason(StrEnum):
    """Why a person is erased (Art. 17(1) GDPR)."""

    NOT_NEEDED = "not_needed"  # (a) the time to keep the file is over
    ASKED = "asked"  # (b), (c) the person withdraws or objects
    UNLAWFUL = "unlawful"  # (d) it should never have been there
    DOUBLE = "double"  # the same person has another file


@dataclass(frozen=True, slots=True)
class NameFacts:
    """A further name: in the original script, as in the passport, at birth, an alias."""

    kind: NameKind
    family: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """A language somebody speaks. The level is None where nobody asked."""

    key: str
    level: LanguageLevel | None = None
    is_mother_tongue: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What somebody says about a person, before there is a file and when it is corrected.

    Of birth the date is known, or only the year, or nothing. Keys are those of `persons/data`.
    """

    organisation_id: int
    family_name: str
    given_names: str = ""
    title: str = ""
    prefix: str = ""
    names: tuple[NameFacts, ...] = ()
    birth_date: date | None = None
    birth_year: int | None = None
    birth_country: str = ""
    sex: Sex = Sex.UNKNOWN
    nationalities: tuple[str, ...] = ()
    languages: tuple[LanguageFacts, ...] = ()
    interpreter_language: str = ""
    municipality_id: int | None = None
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    preferred_channel: Channel | None = None
    arrived_germany_on: date | None = None
    arrived_municipality_on: date | None = None


class PersonField(StrEnum):
    """The facts about a person, by their names in `PersonFacts` and in forms."""

    ORGANISATION = "organisation"
    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    TITLE = "title"
    PREFIX = "prefix"
    NAMES = "names"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    BIRTH_COUNTRY = "birth_country"
    SEX = "sex"
    NATIONALITIES = "nationalities"
    LANGUAGES = "languages"
    INTERPRETER_LANGUAGE = "interpreter_language"
    MUNICIPALITY = "municipality"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    PHONE = "phone"
    EMAIL = "email"
    PREFERRED_CHANNEL = "preferred_channel"
    ARRIVED_GERMANY_ON = "arrived_germany_on"
    ARRIVED_MUNICIPALITY_ON = "arrived_municipality_on"


class PersonColumn(StrEnum):
    """What a list of persons can be sorted by."""

    NAME = "name"
    BIRTH = "birth"
    MUNICIPALITY = "municipality"


class PersonProblem(StrEnum):
    """What is wrong with a fact about a person."""

    MISSING = "missing"
    NOT_LATIN = "not_latin"  # letters that DIN 91379 does not have: they belong into the original script
    CONTROL_CHARACTERS = "control_characters"  # invisible signs, such as those that turn the direction of writing
    TOO_LONG = "too_long"
    IN_THE_FUTURE = "in_the_future"
    LONG_AGO = "long_ago"
    DATE_AND_YEAR = "date_and_year"  # only one of both can be right
    BEFORE_BIRTH = "before_birth"
    BEFORE_ARRIVAL = "before_arrival"  # in the municipality before in Germany
    UNKNOWN = "unknown"  # no such key in the list
    TWICE = "twice"
    NOT_YOURS = "not_yours"  # the right does not hold at this organisation
    NOT_A_POSTCODE = "not_a_postcode"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a fact; `detail` names the signs where it is about signs."""

    kind: PersonProblem
    detail: str = ""


Problems = dict[PersonField, Problem]
