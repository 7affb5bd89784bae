"""A list that an office already keeps, brought in: every row is accounted for, nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.activities.states import Verdict
from kimwerk.activities.uploads.running import TallyNotReady
from kimwerk.arrivals.importing.fields import ListField, plan_from_json
from kimwerk.arrivals.models import ListRow, Occasion, Registration, RegistrationVersion
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services import correct_registration
from kimwerk.arrivals.services.importing.applying import ConfirmationNeeded, apply_list, order_applying
from kimwerk.arrivals.services.importing.checking import check_list
from kimwerk.arrivals.services.importing.correcting import correct_row
from kimwerk.arrivals.services.importing.reading import save_plan
from kimwerk.arrivals.services.importing.running import forget_lists, upload_list
from kimwerk.arrivals.services.importing.undoing import UndoNumbers, undo_list
from kimwerk.arrivals.types import RegistrationField
from kimwerk.kernel.sheets import FileRefused
from kimwerk.persons.services.files import register_person
from kimwerk.persons.types import PersonFacts, Sex
from tests.arrivals.families import OKSANA, arrive, surge
from tests.arrivals.importing import (
    HEADER,
    MOTHER,
    NEIGHBOUR,
    SON,
    applied,
    checked,
    listed,
    reasons,
    uploaded,
    verdicts,
)
from tests.cast import Cast, as_owner
from tests.office_files import Offices, Value

ActAs = Callable[[Actor], Actor]


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


@pytest.fixture
def frieda(occasion: Occasion, cast: Cast, act_as: ActAs) -> Actor:
    return act_as(cast.actor("frieda"))


def test_families_of_a_file_stay_families(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    brought = applied(frieda, occasion, cast, listed(MOTHER, SON, NEIGHBOUR))
    assert verdicts(brought) == ["created"] * 3
    mother, son, neighbour = Registration.objects.filter(occasion=occasion).order_by("pk")
    assert (mother.family, mother.place_in_family, son.place_in_family) == (son.family, 1, 2)
    assert neighbour.family != mother.family
    assert (son.birth_date, son.sex, son.nationality, son.needs_school) == (date(2012, 9, 1), "male", "166", True)
    assert (mother.town, mother.postcode, mother.arrived_on) == ("Siegburg", "53721", date(2022, 3, 10))
    assert [row.findings for row in (mother, son, neighbour)] == [[], [], []]


def test_without_a_number_neighbouring_rows_of_one_address_and_name_are_a_family(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    rows = [row.partition(";")[2] for row in (MOTHER, SON.replace("Musterenko", "Mustera"), NEIGHBOUR)]
    applied(frieda, occasion, cast, listed(*rows, header=HEADER.partition(";")[2]))
    families = Registration.objects.filter(occasion=occasion).order_by("pk").values_list("family", flat=True)
    assert [family == families[0] for family in families] == [True, True, False]


def test_the_same_file_again_changes_nothing_and_an_amended_row_only_itself(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    applied(frieda, occasion, cast, listed(MOTHER, SON))
    again = applied(frieda, occasion, cast, listed(MOTHER, SON))
    assert verdicts(again) == ["unchanged"] * 2
    moved = applied(frieda, occasion, cast, listed(MOTHER.replace("Musterweg 1", "Neuer Weg 2"), SON, NEIGHBOUR))
    assert verdicts(moved) == ["changed", "unchanged", "created"]
    assert Registration.objects.filter(occasion=occasion).count() == 3
    mother = Registration.objects.get(given_names="Oksana")
    assert (mother.street, mother.version) == ("Neuer Weg 2", 2)
    assert RegistrationVersion.objects.get(registration=mother).facts["street"] == "Musterweg 1"
    grown = applied(frieda, occasion, cast, listed(MOTHER, SON, SON.replace("Danylo", "Petro").replace("2012", "2014")))
    assert verdicts(grown) == ["changed", "unchanged", "created"]
    family = Registration.objects.filter(family=mother.family).order_by("place_in_family")
    assert [row.given_names for row in family] == ["Oksana", "Danylo", "Petro"]


def test_every_row_of_a_broken_list_is_accounted_for(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    arabic = MOTHER.replace("Musterenko", "محمد").replace("Oksana", "فاطمة")
    shifted = ";" + NEIGHBOUR.replace("Iryna", "Halyna")
    content = listed(
        "",
        MOTHER,
        HEADER,
        MOTHER,
        MOTHER.replace("Musterweg 1", "Andernorts 3"),
        NEIGHBOUR.replace("03.05.1990", "31.02.1990"),
        NEIGHBOUR.replace("03.05.1990", "03.05.1882"),
        arabic,
        shifted,
        NEIGHBOUR.replace("Iryna", "Iry\u202ena"),
        NEIGHBOUR.replace(";w;", ";Zebra;"),
        NEIGHBOUR.replace("Ukraine", "Atlantis"),
        "Summe;12",
        "2;Abgeschnitten;Nur",
    )
    brought = checked(frieda, occasion, cast, content)
    assert verdicts(brought) == [
        *("skipped", "created", "skipped", "unchanged", "rejected", "rejected", "rejected", "rejected", "rejected"),
        *("rejected", "rejected", "rejected", "skipped", "rejected"),
    ]
    assert reasons(brought) == [
        *(["other_row"], ["impossible_date"], ["long_ago"], ["not_latin", "not_latin"], ["shifted"]),
        *(["control_characters"], ["not_a_sex"], ["unknown"], ["missing"]),
    ]
    assert (
        sum(brought.counts[verdict.value] for verdict in Verdict) == ListRow.objects.filter(list_import=brought).count()
    )
    first = ListRow.objects.filter(list_import=brought, problems__0__code="not_latin").first()
    assert first is not None
    assert first.problems[0]["suggestions"] == ["Mahamad"]


def test_an_age_that_nobody_reaches_or_that_contradicts_the_birth_is_refused(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    header = "Nachname;Vorname;Geburtsdatum;Alter;Ankunft"
    rows = ("A;B;12.04.1988;140;10.03.2022", "A;C;12.04.1988;12;10.03.2022", "A;D;12.04.88;33;10.03.2022")
    brought = checked(frieda, occasion, cast, listed(*rows, header=header))
    assert reasons(brought) == [["too_old"], ["age_and_birth"]]
    assert verdicts(brought)[2] == "created"


def test_lines_in_two_encodings_are_both_read(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    content = (
        listed(NEIGHBOUR.replace("Beispiel", "Müßter")) + b"\r\n" + NEIGHBOUR.replace("Iryna", "Jörg").encode("cp1252")
    )
    applied(frieda, occasion, cast, content)
    names = Registration.objects.filter(occasion=occasion).order_by("pk").values_list("family_name", "given_names")
    assert list(names) == [("Müßter", "Iryna"), ("Beispiel", "Jörg")]


def test_a_row_is_corrected_on_screen_and_keeps_the_original_script(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    cyrillic = SON.replace("Musterenko", "Мустеренко").replace("Danylo", "Данило")
    brought = checked(frieda, occasion, cast, listed(MOTHER, cyrillic))
    assert correct_row(actor=frieda, pk=brought.pk, number=3, cells={1: "Musterenko"}) is Verdict.REJECTED
    assert correct_row(actor=frieda, pk=brought.pk, number=3, cells={2: "Danylo"}) is Verdict.CREATED
    apply_list(actor=frieda, pk=brought.pk)
    mother, son = Registration.objects.filter(occasion=occasion).order_by("place_in_family")
    assert (son.original_family, son.original_given, son.family) == ("Мустеренко", "Данило", mother.family)
    assert son.findings == []


def test_doubles_are_noticed_among_the_rows_and_with_the_list(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    arrive(frieda, occasion, cast, OKSANA)
    oxana = NEIGHBOUR.replace("Beispiel;Iryna;03.05.1990", "Mousterenko;Oxana;12.04.1988")
    iryna = NEIGHBOUR.replace("2;Beispiel;Iryna", "3;Beispiel;Irina")
    applied(frieda, occasion, cast, listed(oxana, NEIGHBOUR, iryna))
    found = Registration.objects.filter(occasion=occasion, list_import__isnull=False).order_by("pk")
    assert [row.findings for row in found] == [["duplicate"]] * 3


def test_two_people_with_the_same_file_at_once_bring_it_once(
    occasion: Occasion, frieda: Actor, cast: Cast, act_as: ActAs
) -> None:
    first = checked(frieda, occasion, cast, listed(MOTHER, SON))
    karin = act_as(cast.actor("karin"))
    second = checked(karin, occasion, cast, listed(MOTHER, SON))
    apply_list(actor=karin, pk=second.pk)
    act_as(frieda)
    apply_list(actor=frieda, pk=first.pk)
    assert verdicts(first) == ["unchanged"] * 2
    assert Registration.objects.filter(occasion=occasion).count() == 2


def test_an_import_that_would_change_nearly_everything_asks_first(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    rows = [
        f"{n};Beispiel;Iryna {chr(65 + n)};03.05.1990;w;Ukraine;Musterweg 9;53721;Siegburg;;11.03.2022;"
        for n in range(25)
    ]
    applied(frieda, occasion, cast, listed(*rows))
    brought = checked(frieda, occasion, cast, listed(*(row.replace("Musterweg", "Anderweg") for row in rows)))
    with pytest.raises(ConfirmationNeeded):
        order_applying(actor=frieda, pk=brought.pk)
    apply_list(actor=frieda, pk=brought.pk)
    assert not Registration.objects.filter(street="Anderweg 9").exists()
    order_applying(actor=frieda, pk=brought.pk, is_confirmed=True)
    apply_list(actor=frieda, pk=brought.pk)
    assert Registration.objects.filter(street="Anderweg 9").count() == 25


def test_taking_an_import_back_leaves_what_somebody_has_worked_on(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    applied(frieda, occasion, cast, listed(MOTHER))
    brought = applied(frieda, occasion, cast, listed(MOTHER.replace("Musterweg 1", "Neuer Weg 2"), SON, NEIGHBOUR))
    row = Registration.objects.get(given_names="Iryna")
    member, shared = member_facts(row), shared_facts(row)
    correct_registration(
        actor=frieda, registration=row, version=1, member=member, shared=replace(shared, phone="02241 1")
    )
    assert undo_list(actor=frieda, pk=brought.pk) == UndoNumbers(removed=1, restored=1, kept=1)
    left = {row.given_names: row.street for row in Registration.objects.filter(occasion=occasion)}
    assert left == {"Oksana": "Musterweg 1", "Iryna": "Musterweg 9"}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select count(*) from persons_identity where subject = 'registration'")
        assert cursor.fetchone() == (2,)


def test_a_double_that_was_set_aside_does_not_come_back_by_a_file(
    occasion: Occasion, frieda: Actor, cast: Cast
) -> None:
    applied(frieda, occasion, cast, listed(MOTHER, NEIGHBOUR))
    mother, neighbour = Registration.objects.filter(occasion=occasion).order_by("pk")
    with as_owner():
        Registration.objects.filter(pk=mother.pk).update(
            merged_into=neighbour, merged_at=occasion.opened_at, merged_by_id=occasion.opened_by_id
        )
    assert verdicts(checked(frieda, occasion, cast, listed(MOTHER, NEIGHBOUR))) == ["skipped", "unchanged"]


def test_an_upload_that_breaks_off_leaves_nothing(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    def broken() -> object:
        yield listed(MOTHER)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        upload_list(actor=frieda, occasion=occasion, file_name="x.csv", pieces=broken())  # type: ignore[arg-type]
    with pytest.raises(FileRefused):
        upload_list(actor=frieda, occasion=occasion, file_name="x.csv", pieces=[])
    assert not ListRow.objects.exists()
    assert uploaded(frieda, occasion, b"PK\x03\x04" + b"\0" * 99, "halb.xlsx").refusal == "broken"


def test_strangers_bring_nothing_and_see_nothing(occasion: Occasion, frieda: Actor, cast: Cast, act_as: ActAs) -> None:
    brought = checked(frieda, occasion, cast, listed(MOTHER))
    for name in ("klaus", "arno", "doris"):
        stranger = act_as(cast.actor(name))
        with pytest.raises(PermissionDenied):
            upload_list(actor=stranger, occasion=occasion, file_name="x.csv", pieces=[b"x"])
        with pytest.raises(PermissionDenied):
            apply_list(actor=stranger, pk=brought.pk)
        assert not ListRow.objects.exists()


def test_a_file_is_forgotten_after_two_weeks_and_its_rows_stay(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    brought = applied(frieda, occasion, cast, listed(MOTHER))
    assert forget_lists() == 0
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update arrivals_listimport set moved_at = now() - interval '20 days'")
    assert forget_lists() == 1
    assert ListRow.objects.filter(list_import=brought).first().cells == []  # type: ignore[union-attr]
    assert Registration.objects.filter(occasion=occasion).count() == 1
    with pytest.raises(TallyNotReady):
        apply_list(actor=frieda, pk=brought.pk)


def test_what_no_office_may_have_is_not_read_from_a_file_either(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    needed = frozenset({RegistrationField.FAMILY_NAME, RegistrationField.GIVEN_NAMES, RegistrationField.BIRTH_DATE})
    with mock.patch("kimwerk.arrivals.services.importing.checking.collected_columns", return_value=needed):
        applied(frieda, occasion, cast, listed(MOTHER))
    mother = Registration.objects.get(occasion=occasion)
    assert (mother.given_names, mother.birth_date) == ("Oksana", date(1988, 4, 12))
    assert (mother.phone, mother.nationality, mother.street) == ("", "", "")


def test_workbooks_of_excel_and_libreoffice_are_read_row_by_row(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    """With a title above, a heading that is repeated, a name from right to left, a day that does not exist."""
    header = ["Familie", "Nachname", "Vorname", "Nachname arabisch", "Geb.-Datum", "m/w", "Ankunft"]
    rows: list[list[Value]] = [
        ["Liste der Angekommenen"], [], header,
        ["1", "Beispiel", "Amal", "مثال", date(1988, 4, 12), "w", date(2022, 3, 10)],
        header,
        ["2", "Muster", "Karim", "", "31.02.1990", "m", date(2022, 3, 10)],
        ["3", "Muster", "Nur", "", date(1882, 2, 1), "w", date(2022, 3, 10)],
    ]  # fmt: skip
    files = {"liste.xlsx": Offices().xlsx(rows), "liste.ods": Offices().ods(rows)}
    for name, content in files.items():
        brought = checked(frieda, occasion, cast, content, name)
        kept = ListRow.objects.filter(list_import=brought).exclude(verdict=Verdict.SKIPPED.value).order_by("number")
        assert [(row.number, row.verdict) for row in kept] == [(4, "created"), (6, "rejected"), (7, "rejected")], name
        assert kept[0].draft["original_family"] == "مثال"
        assert kept[0].draft["birth_date"] == "1988-04-12"
        assert (
            sum(brought.counts[verdict.value] for verdict in Verdict)
            == ListRow.objects.filter(list_import=brought).count()
        )


def test_a_known_layout_is_read_as_the_last_time(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    header = HEADER.replace("Vorname", "Gerufen")
    brought = uploaded(frieda, occasion, listed(MOTHER, header=header))
    plan = plan_from_json(brought.plan)
    assert plan.columns[2].field is ListField.IGNORE
    fields = [ListField.GIVEN_NAMES if at == 2 else column.field for at, column in enumerate(plan.columns)]
    save_plan(actor=frieda, pk=brought.pk, plan=replace(plan.with_fields(fields), municipality_id=siegburg(cast)))
    check_list(actor=frieda, pk=brought.pk)
    apply_list(actor=frieda, pk=brought.pk)
    again = plan_from_json(uploaded(frieda, occasion, listed(SON, header=header)).plan)
    assert (again.columns[2].field, again.municipality_id) == (ListField.GIVEN_NAMES, siegburg(cast))


def test_whoever_is_in_care_already_is_noticed(occasion: Occasion, frieda: Actor, cast: Cast) -> None:
    facts = PersonFacts(
        organisation_id=occasion.organisation_id, family_name="Moosterenko", given_names="Oxana",
        birth_date=date(1988, 4, 12), sex=Sex.FEMALE, municipality_id=siegburg(cast),
    )  # fmt: skip
    register_person(actor=frieda, facts=facts)
    checked(frieda, occasion, cast, listed(MOTHER, NEIGHBOUR))
    assert [row.findings for row in ListRow.objects.filter(verdict="created").order_by("number")] == [["duplicate"], []]


def siegburg(cast: Cast) -> int:
    return cast.municipalities["Siegburg"]
