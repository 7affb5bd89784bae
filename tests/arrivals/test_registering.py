"""Registering, correcting, checking and merging: what the errands do and what the database refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.arrivals.due import due_items
from kimwerk.arrivals.figures import FIGURES
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Occasion, Registration, RegistrationVersion
from kimwerk.arrivals.selectors.curve import curve_of
from kimwerk.arrivals.selectors.duplicates import likely_doubles
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.selectors.numbers import numbers_of, queues_of
from kimwerk.arrivals.selectors.rows import rows_of
from kimwerk.arrivals.services import (
    FamilyRefused,
    NotToBeMerged,
    OccasionClosed,
    RegistrationChangedMeanwhile,
    accept_findings,
    check_rows,
    close_occasion,
    correct_registration,
    merge,
    register_family,
    release_rows,
    unmerge,
)
from kimwerk.arrivals.types import CurveBy, Finding, MemberFacts, RegistrationField, RowFilter
from kimwerk.audit.models import Event
from kimwerk.kernel.figures import MISSING, FigureQuery, QueryError
from kimwerk.kernel.periods import Period
from kimwerk.persons.types import PersonProblem, Sex
from tests.arrivals.families import DANYLO, OKSANA, arrive, family, surge
from tests.cast import Cast, as_owner

ActAs = Callable[[Actor], Actor]
OXANA = MemberFacts("Mousterenko", "Oxana", sex=Sex.FEMALE, birth_date=date(1988, 12, 4))


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")), activity_kind_id=cast.categories["erstgespraech"])


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs, occasion: Occasion) -> Actor:
    return act_as(cast.actor("frieda"))


def correct(actor: Actor, row: Registration, **changes: object) -> Registration:
    member = replace(member_facts(row), **changes)  # type: ignore[arg-type]  # each test names what it changes
    return correct_registration(
        actor=actor, registration=row, version=row.version, member=member, shared=shared_facts(row)
    )


def test_a_family_is_registered_with_one_row_a_member_and_counts_as_work(
    frieda: Actor, occasion: Occasion, cast: Cast
) -> None:
    mother, son, daughter = arrive(frieda, occasion, cast)
    assert {row.family for row in (mother, son, daughter)} == {mother.family}
    assert {row.street for row in (mother, son, daughter)} == {"Musterweg 1"}
    assert not any(row.findings for row in (mother, son, daughter))
    logged = Activity.objects.own_of(frieda).get()
    assert (logged.participants_target, logged.municipality_id) == (3, cast.municipalities["Siegburg"])
    with as_owner():
        assert Event.objects.filter(action="registration.made", amount=3).count() == 1


def test_the_same_family_sent_twice_is_registered_once(frieda: Actor, occasion: Occasion, cast: Cast) -> None:
    facts = family(cast, key=uuid4())
    first = register_family(actor=frieda, occasion=occasion, facts=facts)
    again = register_family(actor=frieda, occasion=occasion, facts=facts)
    assert [row.pk for row in first] == [row.pk for row in again]
    assert Registration.objects.visible_to(frieda).count() == 3
    assert Activity.objects.own_of(frieda).count() == 1


def test_what_is_wrong_is_told_at_its_member_and_nobody_is_registered(
    frieda: Actor, occasion: Occasion, cast: Cast
) -> None:
    with pytest.raises(FamilyRefused) as refused:
        arrive(frieda, occasion, cast, OKSANA, MemberFacts("Олена", birth_date=date(1899, 1, 1)), postcode="12")
    assert refused.value.shared[RegistrationField.POSTCODE].kind is PersonProblem.NOT_A_POSTCODE
    assert {field: each.kind for field, each in refused.value.members[1].items()} == {
        RegistrationField.FAMILY_NAME: PersonProblem.NOT_LATIN,
        RegistrationField.BIRTH_DATE: PersonProblem.LONG_AGO,
    }
    assert not Registration.objects.visible_to(frieda).exists()


def test_nobody_is_registered_for_an_occasion_that_is_over(occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    close_occasion(actor=cast.actor("karin"), occasion=occasion, on=date(2022, 12, 31))
    with pytest.raises(OccasionClosed):
        arrive(act_as(cast.actor("frieda")), occasion, cast)


def test_rows_of_another_organisation_do_not_exist(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    row = arrive(frieda, occasion, cast)[0]
    klaus = act_as(cast.actor("klaus"))
    assert not Registration.objects.visible_to(klaus).exists()
    assert not Registration.objects.filter(pk=row.pk).exists()
    with pytest.raises(PermissionDenied):
        correct(klaus, row, given_names="Olena")
    with pytest.raises(PermissionDenied):
        register_family(actor=klaus, occasion=occasion, facts=family(cast))


def test_a_correction_keeps_both_versions_and_sends_the_row_back_to_the_check(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    row = arrive(frieda, occasion, cast)[0]
    karin = act_as(cast.actor("karin"))
    assert check_rows(actor=karin, rows=[row.pk]) == 1
    act_as(frieda)
    corrected = correct(frieda, row, given_names="Oksana Maria")
    assert (corrected.state, corrected.version, corrected.given_names) == ("corrected", 2, "Oksana Maria")
    before = RegistrationVersion.objects.visible_to(frieda).get(registration=row)
    assert (before.number, before.facts["given_names"], before.written_by_id) == (1, "Oksana", frieda.account_id)
    with pytest.raises(RegistrationChangedMeanwhile):
        correct(frieda, row, given_names="Olena")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        RegistrationVersion.objects.filter(pk=before.pk).update(number=9)


def test_checking_and_releasing_is_for_the_coordination_and_in_order(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    rows = [row.pk for row in arrive(frieda, occasion, cast)]
    assert check_rows(actor=frieda, rows=rows) == 0
    karin = act_as(cast.actor("karin"))
    assert due_items(karin)[0].title == "3 Erfassungen zu prüfen"
    assert release_rows(actor=karin, rows=rows) == 0
    assert (check_rows(actor=karin, rows=rows), release_rows(actor=karin, rows=rows)) == (3, 3)
    numbers = numbers_of(karin, occasion)[cast.municipalities["Siegburg"]]
    assert (numbers.all, numbers.awaiting, numbers.released) == (3, 0, 3)
    assert due_items(karin) == ()


def test_a_finding_holds_a_row_up_until_somebody_accepts_it(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    row = arrive(frieda, occasion, cast, DANYLO, town="Hennef (Sieg)", postcode="53773")[0]
    assert row.findings == ["alone"]
    karin = act_as(cast.actor("karin"))
    assert queues_of(karin, occasion) == {Finding.ALONE: 1}
    assert check_rows(actor=karin, rows=[row.pk]) == 0
    accept_findings(actor=karin, registration=row, findings=[Finding.ALONE, Finding.DUPLICATE])
    assert check_rows(actor=karin, rows=[row.pk]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(findings=["alone", "duplicate"])


def test_a_double_is_found_in_another_spelling_and_script_with_reasons(
    frieda: Actor, occasion: Occasion, cast: Cast
) -> None:
    arrive(frieda, occasion, cast)
    found = likely_doubles(frieda, compared(OXANA, cast.municipalities["Siegburg"]))
    assert [each.row.given_names for each in found] == ["Oksana"]
    assert found[0].likeness.reasons
    cyrillic = replace(OKSANA, family_name="Мустеренко", given_names="Оксана", original_family="", original_given="")
    assert likely_doubles(frieda, compared(cyrillic, cast.municipalities["Siegburg"]))[0].likeness.is_almost_certain
    assert arrive(frieda, occasion, cast, OXANA)[0].findings == ["duplicate"]


def test_members_of_one_family_are_never_doubles_of_each_other(frieda: Actor, occasion: Occasion, cast: Cast) -> None:
    twins = (replace(DANYLO, given_names="Maksym"), replace(DANYLO, given_names="Maksim"))
    assert [row.findings for row in arrive(frieda, occasion, cast, OKSANA, *twins)] == [[], [], []]


def test_a_merge_is_taken_back_completely_also_after_later_corrections(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    kept, double = arrive(frieda, occasion, cast)[0], arrive(frieda, occasion, cast, OXANA)[0]
    karin = act_as(cast.actor("karin"))
    facts = member_facts(double), shared_facts(double), double.state, double.version
    merge(actor=karin, kept=kept, double=double)
    assert rows_of(karin, occasion, RowFilter()).count == 3
    with pytest.raises(PermissionDenied):
        correct(karin, double, given_names="Olena")
    correct(karin, kept, given_names="Oksana B")
    back = unmerge(actor=karin, double=double)
    back.refresh_from_db()
    kept.refresh_from_db()
    assert (member_facts(back), shared_facts(back), back.state, back.version) == facts
    assert kept.given_names == "Oksana B"
    assert rows_of(karin, occasion, RowFilter()).count == 4
    assert (back.open_findings, kept.open_findings) == ((), ())  # somebody has just said that they are two


def test_only_rows_that_can_be_one_are_merged(frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    mother, son, _ = arrive(frieda, occasion, cast)
    other = arrive(frieda, occasion, cast, OXANA)[0]
    with pytest.raises(PermissionDenied):
        merge(actor=frieda, kept=mother, double=other)
    karin = act_as(cast.actor("karin"))
    with pytest.raises(NotToBeMerged):
        merge(actor=karin, kept=mother, double=son)
    merge(actor=karin, kept=mother, double=other)
    with pytest.raises(NotToBeMerged):
        merge(actor=karin, kept=mother, double=other)


def test_the_curve_counts_weeks_without_gaps_and_marks_the_running_one(
    frieda: Actor, occasion: Occasion, cast: Cast
) -> None:
    arrive(frieda, occasion, cast)
    (week,) = curve_of(frieda, occasion).weeks
    assert (week.count, week.cumulated, week.is_incomplete) == (3, 3, True)
    arrive(frieda, occasion, cast, MemberFacts("Namenenko"), town="Hennef (Sieg)")
    groups = {by: curve_of(frieda, occasion, by).weeks[0].groups for by in CurveBy}
    assert groups == {
        CurveBy.MUNICIPALITY: {"Siegburg": 3, "Hennef (Sieg)": 1},
        CurveBy.AGE: {"3-5": 1, "6-9": 1, "18-64": 1, MISSING: 1},
        CurveBy.NEED: {"school": 1, "childcare": 1, "none": 2},
    }
    assert curve_of(frieda, occasion, CurveBy.AGE).groups[-1] == MISSING


def test_the_catalogue_counts_registered_people_by_week_place_and_need(
    frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs
) -> None:
    arrive(frieda, occasion, cast)
    today = timezone.localdate()
    window = Period.of_days(today - timedelta(days=7), today)
    figure = FIGURES[0]
    weeks = figure.compute(frieda, FigureQuery(window, by=("week",)))
    assert (weeks.total, len(weeks.axes[0].members)) == (3, 2)
    crossed = figure.compute(frieda, FigureQuery(window, by=("municipality", "need"), only={"need": ("school",)}))
    assert list(crossed.cells.values()) == [1]
    with pytest.raises(QueryError):
        figure.compute(frieda, FigureQuery(window, by=("colour",)))
    ages = FIGURES[1].compute(frieda, FigureQuery(window, by=("age_band", "need", "year")))
    assert sum(int(count or 0) for count in ages.cells.values()) == ages.total == 3
    assert {key[1] for key in ages.cells} == {"school", "childcare", "none"}
    assert ("18-64", "none", str(today.year)) in ages.cells
    households = FIGURES[2].compute(frieda, FigureQuery(window, by=("municipality",)))
    assert (households.total, dict(households.cells)) == (1, {("05382060",): 1})
    assert figure.compute(act_as(cast.actor("klaus")), FigureQuery(window)).total == 0


def test_the_leadership_has_the_counts_and_no_row(frieda: Actor, occasion: Occasion, cast: Cast, act_as: ActAs) -> None:
    arrive(frieda, occasion, cast)
    lena, today = act_as(cast.actor("lena")), timezone.localdate()
    window = Period.of_days(today, today)
    home = cast.organisations["Rhein-Sieg-Kreis"]
    counted = FIGURES[0].compute(lena, FigureQuery(window, by=("municipality",), organisation=home))
    assert (counted.total, list(counted.cells.values())) == (3, [3])
    assert not Registration.objects.exists()
    assert FIGURES[0].compute(lena, FigureQuery(window, organisation=home + 1)).total == 0
    assert FIGURES[0].compute(act_as(cast.actor("arno")), FigureQuery(window)).total == 0
