"""What a column of a list can hold, how it is recognised by its heading, and the plan by which a file is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from kimwerk.kernel.names import text_key


class ListField(StrEnum):
    """The facts of a row. Those of a registration bear the names of its columns."""

    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    FULL_NAME = "full_name"  # "Muster, Maria" or "Maria Muster"
    ORIGINAL_FAMILY = "original_family"
    ORIGINAL_GIVEN = "original_given"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    AGE = "age"  # only to compare with the birth date
    NATIONALITY = "nationality"
    FAMILY = "family"  # whatever the members of a family have in common: a number, a letter
    MUNICIPALITY = "municipality"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"  # with or without the postcode in front
    HOST = "host"
    PHONE = "phone"
    ARRIVED_ON = "arrived_on"
    NEEDS_SCHOOL = "needs_school"
    NEEDS_CHILDCARE = "needs_childcare"
    IS_HEALTH_URGENT = "is_health_urgent"
    GUARDIAN = "guardian"
    EXTERNAL_ID = "external_id"
    IGNORE = "ignore"


class PlanGap(StrEnum):
    """What a plan lacks before rows can be read by it."""

    NO_NAME = "no_name"
    NO_PLACE = "no_place"
    NO_ARRIVAL = "no_arrival"
    REPEATED_FIELD = "repeated_field"


_F = ListField
_HEADINGS: Mapping[ListField, str] = {
    _F.FAMILY_NAME: "nachname|familienname|name|zuname|surname|last name|family name|name nachname",
    _F.GIVEN_NAMES: "vorname|vornamen|rufname|first name|given name|given names|vorname n",
    _F.FULL_NAME: "name vorname|nachname vorname|vorname name|vorname nachname|vor und nachname|vor und zuname"
    "|vollstaendiger name|person|full name",
    _F.ORIGINAL_FAMILY: "nachname original|familienname original|name original|nachname kyrillisch"
    "|nachname originalschrift|familienname originalschrift|name kyrillisch|name originalschrift|nachname arabisch"
    "|name arabisch",
    _F.ORIGINAL_GIVEN: "vorname original|vorname kyrillisch|vorname originalschrift|vorname arabisch",
    _F.SEX: "geschlecht|sex|m w|m w d|w m|gender|geschl|anrede",
    _F.BIRTH_DATE: "geburtsdatum|geb datum|geb|geboren|geboren am|geburtstag|gebdatum|gebdat|date birth|birth date|dob"
    "|geb am",
    _F.AGE: "alter|age|lebensalter|alter jahre",
    _F.NATIONALITY: "staatsangehoerigkeit|nationalitaet|staatsang|herkunftsland|nationality|herkunft|staat|land"
    "|staatsangehoerigkeiten",
    _F.FAMILY: "familie|familie nr|familien nr|familiennummer|haushalt|haushalt nr|haushaltsnummer|bedarfsgemeinschaft"
    "|bg|bg nr|family|familie nummer",
    _F.MUNICIPALITY: "kommune|gemeinde|stadt gemeinde|zustaendige kommune|municipality|kommune ort",
    _F.STREET: "strasse|strasse nr|strasse hausnummer|strasse hausnr|adresse|anschrift|strasse nummer|street|wohnhaft",
    _F.POSTCODE: "plz|postleitzahl|zip|postcode",
    _F.TOWN: "ort|wohnort|plz ort|stadt|town|city|postleitzahl ort",
    _F.HOST: "untergebracht bei|gastgeber|wohnt bei|unterkunft|unterbringung|gastfamilie|host|bei wem",
    _F.PHONE: "telefon|tel|telefonnummer|handy|handynummer|mobil|mobilnummer|kontakt|phone|tel nr|erreichbar unter",
    _F.ARRIVED_ON: "ankunft|ankunftsdatum|angekommen|angekommen am|einreise|einreisedatum|eingereist am|ankunft am"
    "|arrival|zuzug|datum ankunft|datum einreise|da seit|hier seit",
    _F.NEEDS_SCHOOL: "schule|schulbedarf|schulpflichtig|schulplatz|bedarf schule|schulplatz benoetigt|schulkind|school",
    _F.NEEDS_CHILDCARE: "kita|kita bedarf|kitaplatz|kindergarten|betreuung|betreuungsbedarf|kinderbetreuung"
    "|bedarf kita|kita platz|childcare",
    _F.IS_HEALTH_URGENT: "dringend medizinisch|medizinisch dringend|gesundheit dringend|medizinischer bedarf"
    "|aerztliche hilfe|medizinische hilfe|arzt dringend",
    _F.GUARDIAN: "vormund|begleitperson|sorgeberechtigt|sorgeberechtigte|begleitet|wer kuemmert sich|bezugsperson",
    _F.EXTERNAL_ID: "lfd nr|lfdnr|id|laufende nummer|nr|nummer|aktenzeichen|azr|azr nummer|azr nr|personen id",
}
_SMALL_WORDS = frozenset(
    ["der", "die", "das", "des", "dem", "den", "in", "im", "zur", "zum", "fuer", "und", "am", "d", "of"]
)
_FIELD_BY_KEY = {key: field for field, keys in _HEADINGS.items() for key in keys.split("|")}


@lru_cache(maxsize=4096)
def field_of_heading(heading: str) -> ListField | None:
    """What a heading means, or None when its words are not known; brackets and small words do not matter."""
    key = text_key(heading)
    words = [word for word in key.split(" ") if word not in _SMALL_WORDS]
    for candidate in (key, " ".join(words)):
        if field := _FIELD_BY_KEY.get(candidate):
            return field
    return None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column with its heading and what it is taken for."""

    header: str
    field: ListField = ListField.IGNORE


@dataclass(frozen=True, slots=True)
class ListPlan:
    """How one list is read: its columns, and what holds for everybody where there is no column."""

    columns: tuple[MappedColumn, ...]
    municipality_id: int | None = None
    arrived_on: date | None = None
    nationality: str = ""
    is_month_first: bool = False

    @classmethod
    def proposed(cls, headers: Sequence[str], nationality: str) -> ListPlan:
        """By the headings; the first column of a meaning has it, later ones are left out."""
        taken: set[ListField] = set()
        columns = []
        for header in headers:
            field = field_of_heading(header)
            columns.append(MappedColumn(header, field if field and field not in taken else _F.IGNORE))
            taken |= {field} if field else set()
        return cls(tuple(columns), nationality=nationality)

    def places(self) -> Mapping[ListField, int]:
        """The number of each field's column, from 0."""
        return {column.field: at for at, column in enumerate(self.columns) if column.field is not _F.IGNORE}

    def gaps(self) -> Iterator[PlanGap]:
        """Everything that keeps the plan from being used."""
        fields = [column.field for column in self.columns if column.field is not _F.IGNORE]
        if len(fields) != len(set(fields)):
            yield PlanGap.REPEATED_FIELD
        if not {_F.FAMILY_NAME, _F.FULL_NAME} & set(fields):
            yield PlanGap.NO_NAME
        if _F.MUNICIPALITY not in fields and self.municipality_id is None:
            yield PlanGap.NO_PLACE
        if _F.ARRIVED_ON not in fields and self.arrived_on is None:
            yield PlanGap.NO_ARRIVAL

    def with_fields(self, fields: Sequence[ListField]) -> ListPlan:
        """The plan with other meanings for its columns."""
        columns = zip(self.columns, fields, strict=True)
        return replace(self, columns=tuple(replace(column, field=field) for column, field in columns))

    def to_json(self) -> dict[str, object]:
        """The plan as it is stored."""
        return {
            "columns": [[column.header, column.field.value] for column in self.columns],
            "municipality": self.municipality_id,
            "arrived_on": self.arrived_on.isoformat() if self.arrived_on else None,
            "nationality": self.nationality,
            "is_month_first": self.is_month_first,
        }


def plan_from_json(stored: Mapping[str, object]) -> ListPlan:
    """The plan that was stored."""
    columns, place, day = stored.get("columns"), stored.get("municipality"), stored.get("arrived_on")
    return ListPlan(
        tuple(MappedColumn(str(header), ListField(field)) for header, field in columns)
        if isinstance(columns, list)
        else (),
        municipality_id=place if isinstance(place, int) else None,
        arrived_on=date.fromisoformat(day) if isinstance(day, str) else None,
        nationality=str(stored.get("nationality") or ""),
        is_month_first=stored.get("is_month_first") is True,
    )
