"""What the words above a column mean, as German offices write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kimwerk.activities.tally.fields import Certainty, TallyField
from kimwerk.kernel.names import text_key

_F = TallyField

_HEADERS: dict[TallyField, tuple[str, ...]] = {
    _F.DAY: (
        *("datum", "tag", "am", "von", "vom", "beginn", "start", "datum von", "von datum", "datum beginn"),
        *(
            "startdatum",
            "beginndatum",
            "wann",
            "termin",
            "zeitpunkt",
            "zeitraum",
            "zeitraum von",
            "erster tag",
        ),
        *("beratungsdatum", "kontaktdatum", "datum am"),
    ),
    _F.DAY_TO: (*("bis", "ende", "datum bis", "bis datum", "datum ende", "enddatum", "zeitraum bis", "letzter tag"),),
    _F.KIND: (
        *(
            "art",
            "massnahme",
            "massnahmenart",
            "art massnahme",
            "massnahmentyp",
            "dienstleistung",
            "leistung",
        ),
        *("art dienstleistung", "leistungsart", "angebot", "angebotsart", "taetigkeit", "taetigkeitsart"),
        *("aktivitaet", "art aktivitaet", "kategorie", "typ", "beratungsart", "art beratung", "was"),
    ),
    _F.CHANNEL: (
        *("kanal", "kontaktart", "kontaktweg", "kontaktform", "art kontakt", "art kontaktes", "art kontakts"),
        *("beratungsform", "form", "weg", "medium", "wie", "form beratung"),
    ),
    _F.MUNICIPALITY: (
        *(
            "kommune",
            "gemeinde",
            "stadt",
            "stadt gemeinde",
            "ort",
            "kommune ort",
            "einsatzort",
            "wo",
            "kommunen",
        ),
        *("stadt kommune", "gemeinde stadt", "ort kommune", "name kommune", "einsatzkommune"),
    ),
    _F.SITE: (
        *(
            "standort",
            "beratungsstelle",
            "dienststelle",
            "buero",
            "ort beratung",
            "beratungsort",
            "einrichtung",
        ),
        *("veranstaltungsort", "treffpunkt", "ort veranstaltung", "beratungsstandort"),
    ),
    _F.STAFF: (
        *(
            "mitarbeiter",
            "mitarbeiterin",
            "mitarbeiter in",
            "mitarbeiterinnen",
            "mitarbeitende",
            "mitarbeitender",
        ),
        *(
            "mitarbeiter innen",
            "cm",
            "case manager",
            "case managerin",
            "case manager in",
            "casemanager",
            "wer",
        ),
        *("casemanagerin", "berater", "beraterin", "berater in", "kuerzel", "zustaendig", "bearbeiter", "ma"),
        *(
            "bearbeiterin",
            "bearbeiter in",
            "durchgefuehrt",
            "verantwortlich",
            "name cm",
            "kuerzel cm",
            "kollege",
        ),
        *("name mitarbeiter", "name mitarbeiter in", "kuerzel ma", "fachkraft", "zustaendige fachkraft"),
    ),
    _F.TOPICS: (
        *("thema", "themen", "themenfeld", "themenfelder", "anliegen", "beratungsthema", "thema beratung"),
        *("beratungsthemen", "lebensbereich", "handlungsfeld", "themenbereich", "schwerpunkt"),
    ),
    _F.TARGET_GROUPS: ("zielgruppe", "zielgruppen", "personenkreis", "zielgruppe massnahme"),
    _F.LEGAL_CIRCLES: ("rechtskreis", "rechtskreise", "sgb", "leistungsbezug", "rechtskreis sgb"),
    _F.PARTNERS: (
        *("partner", "kooperationspartner", "kooperationspartner in", "netzwerkpartner", "akteure", "akteur"),
        *(
            "beteiligte partner",
            "beteiligte stellen",
            "institution",
            "institutionen",
            "kooperation mit",
            "stellen",
        ),
        *("kooperationspartner innen", "kooperationspartnerinnen", "beteiligte institutionen"),
    ),
    _F.PARTICIPANTS: (
        *(
            "tn",
            "teilnehmer",
            "teilnehmende",
            "teilnehmer in",
            "teilnehmer innen",
            "teilnehmerinnen",
            "personen",
        ),
        *("beteiligte", "personenzahl", "teilnehmerzahl", "teilnehmendenzahl", "tn zahl", "tn gesamt"),
        *("teilnehmende gesamt", "beteiligte gesamt", "personen gesamt", "anzahl tn", "anzahl teilnehmer"),
        *("anzahl teilnehmende", "anzahl teilnehmenden", "anzahl personen", "anzahl beteiligte"),
        *(
            "anzahl beteiligten",
            "anzahl teilnehmer innen",
            "gesamt tn",
            "summe tn",
            "zahl beteiligten",
            "pers",
        ),
        *("anzahl teilnehmerinnen", "anzahl pers", "anzahl beteiligter", "anzahl beteiligte personen"),
    ),
    _F.PARTICIPANTS_TARGET: (
        *(
            "davon zielgruppe",
            "tn zielgruppe",
            "anzahl zielgruppe",
            "zielgruppe anzahl",
            "personen zielgruppe",
        ),
        *(
            "ratsuchende",
            "anzahl ratsuchende",
            "klienten",
            "klientinnen",
            "anzahl klienten",
            "davon ratsuchende",
        ),
        *("davon tn", "davon klienten", "anzahl ratsuchender", "davon teilnehmende", "anzahl klient innen"),
    ),
    _F.PARTICIPANTS_PARTNER: (
        *("davon partner", "tn partner", "anzahl partner", "partner anzahl", "davon kooperationspartner"),
        *(
            "davon akteure",
            "davon fachkraefte",
            "fachkraefte",
            "anzahl akteure",
            "anzahl kooperationspartner",
        ),
        *("anzahl fachkraefte", "davon kooperationspartner innen", "davon kooperationspartnerinnen"),
    ),
    _F.MINUTES: (
        *(
            "minuten",
            "min",
            "dauer",
            "dauer min",
            "dauer minuten",
            "zeit",
            "zeitaufwand",
            "aufwand",
            "dauer hh mm",
        ),
        *(
            "zeitaufwand min",
            "zeitaufwand minuten",
            "aufwand min",
            "aufwand minuten",
            "zeit min",
            "zeit minuten",
        ),
    ),
    _F.HOURS: (
        *("stunden", "std", "h", "dauer std", "dauer h", "dauer stunden", "stundenzahl", "zeitaufwand std"),
        *("zeitaufwand h", "zeitaufwand stunden", "aufwand std", "aufwand h", "aufwand stunden", "zeit std"),
        *("zeit stunden", "zeit h"),
    ),
    _F.REFERRAL_TARGET: (
        *("verweis", "verweis an", "verweisziel", "verwiesen an", "weiterleitung", "weiterleitung an"),
        *("weitergeleitet an", "vermittelt an", "vermittlung an", "weitervermittlung an", "verweis wohin"),
        *("verweisberatung an", "weiterverweis", "weiterverweis an", "weiterverwiesen an"),
    ),
    _F.NOTE: (
        *(
            "bemerkung",
            "bemerkungen",
            "notiz",
            "notizen",
            "anmerkung",
            "anmerkungen",
            "kommentar",
            "kommentare",
        ),
        *("beschreibung", "titel", "hinweis", "hinweise", "sonstiges", "inhalt", "stichworte"),
    ),
    _F.EXTERNAL_ID: (
        *("id", "externe id", "datensatz id", "eintrag id", "uuid", "guid", "schluessel", "datensatznummer"),
    ),
    _F.COUNT: (
        *("anzahl", "menge", "haeufigkeit", "anzahl massnahmen", "anzahl beratungen", "anzahl gespraeche"),
        *("anzahl kontakte", "anzahl aktivitaeten", "anzahl dienstleistungen"),
    ),
    _F.IGNORE: (
        *(
            "nr",
            "lfd nr",
            "laufende nr",
            "laufende nummer",
            "nummer",
            "pos",
            "kw",
            "kalenderwoche",
            "wochentag",
        ),
        *("monat", "jahr", "quartal", "uhrzeit", "uhrzeit von", "uhrzeit bis", "kreis", "bundesland"),
    ),
}

_PERSONAL = frozenset(
    (
        *(
            "name",
            "nachname",
            "vorname",
            "vor und nachname",
            "name vorname",
            "familienname",
            "klient",
            "klientin",
        ),
        *(
            "klient in",
            "name klient",
            "name klientin",
            "name klient in",
            "geburtsdatum",
            "geb datum",
            "geboren",
        ),
        *(
            "geburtstag",
            "telefonnummer",
            "handynummer",
            "handy",
            "mobil",
            "tel nr",
            "telefon nr",
            "mailadresse",
        ),
        *("e mail adresse", "email adresse", "adresse", "anschrift", "strasse", "azr nummer", "azr nr"),
        *("aktenzeichen", "az", "fallnummer", "name ratsuchende", "name ratsuchender", "ratsuchende person"),
        *("staatsangehoerigkeit", "herkunftsland", "aufenthaltsstatus", "religion", "geschlecht", "alter"),
    )
)

_UNSURE = frozenset({"anzahl", "menge", "haeufigkeit", "verweis", "zeit", "aufwand", "form", "weg", "typ", "inhalt"})
"""Headers that often mean something else."""

_SMALL_WORDS = frozenset(("der", "die", "das", "des", "dem", "den", "in", "im", "zur", "zum", "fuer", "je", "ca"))

_FIELD_BY_KEY = {key: field for field, keys in _HEADERS.items() for key in keys}


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """What a header says and how surely."""

    field: TallyField
    certainty: Certainty


@lru_cache(maxsize=4096)
def meaning_of_header(header: str) -> HeaderMeaning | None:
    """What a header means, or None when its words are not known. Brackets and small words do not matter."""
    key = text_key(header)
    words = [word for word in key.split(" ") if word not in _SMALL_WORDS]
    for candidate in (key, " ".join(words)):
        if candidate in _PERSONAL:
            return HeaderMeaning(TallyField.IGNORE, Certainty.PERSONAL)
        if field := _FIELD_BY_KEY.get(candidate):
            certainty = Certainty.GUESS if candidate in _UNSURE else Certainty.HEADER
            return HeaderMeaning(field, certainty)
    return _combined(words) if words else None


_PEOPLE = frozenset(
    (
        *("tn", "teilnehmer", "teilnehmende", "teilnehmenden", "teilnehmerinnen", "personen", "beteiligte"),
        *("beteiligten", "davon", "anzahl"),
    )
)
_OF_TARGET = frozenset({"zielgruppe", "zielgruppen", "ratsuchende", "klienten", "klientinnen", "klient"})
_OF_PARTNERS = frozenset({"partner", "kooperationspartner", "kooperationspartnerinnen", "fachkraefte", "akteure"})
_TOTAL = frozenset({"gesamt", "insgesamt", "summe", "gesamtzahl"})
_DURATION = frozenset({"dauer", "zeit", "zeitaufwand", "aufwand", "beratungsdauer", "arbeitszeit"})
_IN_MINUTES = frozenset({"min", "minuten"})
_IN_HOURS = frozenset({"std", "stunden", "h", "stunde"})


def _combined(words: list[str]) -> HeaderMeaning | None:
    """Headers of several words, such as those that two header rows were joined to."""
    found = set(words)
    if found & _PEOPLE:
        if found & _OF_TARGET:
            return HeaderMeaning(TallyField.PARTICIPANTS_TARGET, Certainty.HEADER)
        if found & _OF_PARTNERS:
            return HeaderMeaning(TallyField.PARTICIPANTS_PARTNER, Certainty.HEADER)
        if found & _TOTAL:
            return HeaderMeaning(TallyField.PARTICIPANTS, Certainty.HEADER)
    if found & _DURATION:
        unit = TallyField.HOURS if found & _IN_HOURS and not found & _IN_MINUTES else TallyField.MINUTES
        return HeaderMeaning(unit, Certainty.HEADER)
    return _by_parts(words)


def _by_parts(words: list[str]) -> HeaderMeaning | None:
    """The one field that parts of the header name, when they do not name two."""
    if len(words) > 6:
        return None
    fields: dict[TallyField, None] = {}
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            if field := _FIELD_BY_KEY.get(" ".join(words[at : at + length])):
                fields[field] = None
                at += length - 1
                break
        at += 1
    named = [field for field in fields if field is not TallyField.IGNORE]
    return HeaderMeaning(named[0], Certainty.GUESS) if len(named) == 1 else None
