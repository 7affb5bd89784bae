"""What the words above a column mean, as German offices write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kimwerk.arrivals.importing.fields import ListField, ListPlan, MappedColumn
from kimwerk.kernel.names import text_key

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


def propose(headers: Sequence[str], nationality: str) -> ListPlan:
    """A plan by the headings; the first column of a meaning has it, later ones are left out."""
    taken: set[ListField] = set()
    columns = []
    for header in headers:
        field = field_of_heading(header)
        columns.append(MappedColumn(header, field if field and field not in taken else _F.IGNORE))
        taken |= {field} if field else set()
    return ListPlan(tuple(columns), nationality=nationality)
