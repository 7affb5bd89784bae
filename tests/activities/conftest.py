"""The words of a small synthetic county, for everything that reads what people write."""

from __future__ import annotations

from datetime import date

import pytest

from kimwerk.activities.vocabulary import Term, Terms, Vocabulary, municipality_words, person_words


def terms(first_id: int, *named: tuple[str, ...]) -> Terms:
    return Terms(Term(term_id, label, tuple(words)) for term_id, (label, *words) in enumerate(named, start=first_id))


def _municipalities() -> Terms:
    names = (
        "Siegburg, Stadt",
        "Troisdorf, Stadt",
        "Hennef (Sieg), Stadt",
        "Sankt Augustin, Stadt",
        "Königswinter, Stadt",
        "Bad Honnef, Stadt",
        "Neunkirchen-Seelscheid",
        "Windeck",
    )
    return Terms(
        Term(term_id, municipality_words(name)[0], municipality_words(name))
        for term_id, name in enumerate(names, start=101)
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(
        kinds=terms(
            1,
            ("Austausch und Erstgespräche", "Erstgespräch", "EG"),
            ("Verweisberatung", "Verweis", "VB"),
            ("Workshop", "WS"),
            ("Gespräche in den Kommunen",),
            ("Arbeitskreis", "AK"),
            ("Gespräche mit Migrantenselbstorganisationen", "MSO"),
            ("Beratung per E-Mail",),
            ("Beratung per Telefon", "Telefon", "tel"),
            ("Erfassung Ukraine",),
            ("Erstberatung Ukraine",),
            ("Erstberatung",),
        ),
        channels=terms(
            31, ("vor Ort", "persönlich"), ("Telefon", "tel"), ("E-Mail", "Mail"), ("aufsuchend",), ("Video",)
        ),
        topics=terms(41, ("Wohnen",), ("Arbeit",), ("Schule/Kita",), ("Ausbildung und Studium",), ("Gesundheit",)),
        target_groups=terms(51, ("Ukrainische Geflüchtete", "Ukraine"), ("Alleinerziehende",), ("EU-Bürger",)),
        legal_circles=terms(61, ("SGB II", "SGB 2"), ("AsylbLG",), ("§ 24 AufenthG", "§ 24")),
        referral_targets=terms(
            71, ("Jobcenter",), ("Behörden und Ämter",), ("Migrationsberatung für Erwachsene", "MBE")
        ),
        municipalities=_municipalities(),
        sites=Terms(
            (
                Term(81, "Rathaus Troisdorf", ("RH Tdf",), municipality_id=102),
                Term(82, "Mehrgenerationenhaus Hennef", ("MGH Hennef",), municipality_id=103),
                Term(83, "Hennef Bahnhof", (), municipality_id=103),
            )
        ),
        staff=Terms(
            (
                Term(91, "Frieda Beispiel", ("FB", *person_words("Frieda", "Beispiel"))),
                Term(92, "Moritz Muster", ("MM", *person_words("Moritz", "Muster"))),
            )
        ),
        partners=terms(111, ("Jobcenter",), ("Caritas",), ("Diakonie",)),
        referral_kinds=frozenset({2}),
    )


@pytest.fixture(scope="session")
def today() -> date:
    """A Tuesday in May."""
    return date(2022, 5, 10)
