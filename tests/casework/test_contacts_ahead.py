"""Contacts that are counted ahead: always what one finds by going through them, and never for strangers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity
from kimwerk.casework.figures import FIGURES, count_contacts_ahead
from kimwerk.casework.models import Case, CaseContact, CountedContacts, StaleContacts
from kimwerk.casework.types import CaseKind, ChoiceList
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from tests.casework.cases import choice, opened
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
WORLD = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CONTACTS = next(figure for figure in FIGURES if figure.key == "case_contacts")
FIRST, LAST = date(2022, 1, 10), date(2022, 5, 20)
DIMENSIONS = ("case_kind", "municipality", "access_path", "month", "quarter", "year")


@st.composite
def days(draw: st.DrawFn) -> date:
    return FIRST + timedelta(days=draw(st.integers(0, (LAST - FIRST).days)))


@st.composite
def windows(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(days()), draw(days())))
    return Period.of_days(first, last)


@st.composite
def contacts(draw: st.DrawFn) -> tuple[int, date, bool]:
    """In which case, on which day, and whether it was removed."""
    return draw(st.integers(0, 2)), draw(days()), draw(st.integers(0, 5)) == 0


@contextmanager
def a_world(cast: Cast) -> Iterator[list[Case]]:
    """Two cases of Frieda's and one of Klaus' at Kleve, gone afterwards."""
    with transaction.atomic():
        frieda, klaus = cast.actor("frieda"), cast.actor("klaus")
        set_actor(frieda.account_id)
        path = choice(ChoiceList.ACCESS_PATH, "veranstaltung")
        other = opened(cast, frieda, municipality_id=cast.municipalities["Hennef (Sieg)"], access_path_id=path)
        cases = [opened(cast, frieda), other]
        set_actor(klaus.account_id)
        cases.append(opened(cast, klaus, "Kreis Kleve", municipality_id=cast.municipalities["Kleve"]))
        yield cases
        transaction.set_rollback(True)


def write(cast: Cast, cases: list[Case], written: list[tuple[int, date, bool]]) -> None:
    """Put the contacts into the cases, and their entries into the diary."""
    with as_owner():
        for place, day, is_removed in written:
            case = cases[place]
            entry = Activity.objects.create(
                organisation_id=case.organisation_id,
                day=day,
                kind_id=cast.categories["workshop"],
                municipality_id=case.municipality_id,
                done_by_id=case.responsible_id,
                entered_by_id=case.responsible_id,
            )
            if is_removed:
                entry.removed_at, entry.removed_by_id = entry.entered_at, case.responsible_id
                entry.save()
            CaseContact.objects.create(case=case, organisation_id=case.organisation_id, activity=entry)


def by_hand(actor: Actor, window: Period, by: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """The contacts that the actor may count, gone through one by one."""
    counted = Counter[tuple[str, ...]]()
    for contact in CaseContact.objects.countable_by(actor).select_related("activity", "case"):
        case, day = contact.case, contact.activity.day
        told = {
            "case_kind": case.kind,
            "municipality": case.municipality.ags,
            "access_path": case.access_path.code,
            "month": f"{day:%Y-%m}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": str(day.year),
        }
        if window.contains(day):
            counted[tuple(told[key] for key in by)] += 1
    return counted


def change(cast: Cast, case: Case, contact: CaseContact | None, what: str, day: date) -> None:
    """Something that a month counted ahead must learn of."""
    with as_owner():
        if what == "kind":
            Case.objects.filter(pk=case.pk).update(kind=CaseKind.FAMILY_COUNSELLING)
        elif what == "municipality":
            Case.objects.filter(pk=case.pk).update(municipality_id=cast.municipalities["Troisdorf"])
        elif contact is None:
            return
        elif what == "day":
            Activity.objects.filter(pk=contact.activity_id).update(day=day)
        elif what == "removed":
            entry = Activity.objects.get(pk=contact.activity_id)
            entry.removed_at, entry.removed_by_id = entry.entered_at, entry.done_by_id
            entry.save()
        else:
            contact.delete()


CHANGES = ("kind", "municipality", "day", "removed", "deleted")


@WORLD
@given(
    written=st.lists(contacts(), min_size=1, max_size=15),
    later=st.lists(contacts(), max_size=4),
    changed=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 2), days()), max_size=3),
    window=windows(),
    by=st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True),
    who=st.sampled_from(("kim", "frieda", "klara")),
)
def test_whatever_changed_the_answer_is_what_one_counts_by_hand(
    cast: Cast,
    written: list[tuple[int, date, bool]],
    later: list[tuple[int, date, bool]],
    changed: list[tuple[str, int, date]],
    window: Period,
    by: list[str],
    who: str,
) -> None:
    with a_world(cast) as cases:
        write(cast, cases, written)
        while count_contacts_ahead():
            pass
        write(cast, cases, later)
        for what, place, day in changed:
            with as_owner():
                contact = CaseContact.objects.filter(case=cases[place]).first()
            change(cast, cases[place], contact, what, day)
        actor = cast.actor(who)
        set_actor(actor.account_id)
        expected = by_hand(actor, window, tuple(by))
        answers = [CONTACTS.compute(actor, FigureQuery(window, tuple(by)))]
        while count_contacts_ahead():
            pass
        answers.append(CONTACTS.compute(actor, FigureQuery(window, tuple(by))))
        with as_owner():
            assert not StaleContacts.objects.exists()
        for answer in answers:
            assert {key: value for key, value in answer.cells.items() if value} == expected
            assert answer.total == expected.total()


def test_narrowed_to_members_only_these_are_counted(cast: Cast) -> None:
    year = Period.year(2022)
    with a_world(cast) as cases:
        write(cast, cases, [(0, date(2022, 2, 3), False), (1, date(2022, 3, 4), False)])
        count_contacts_ahead()
        kim = cast.actor("kim")
        set_actor(kim.account_id)

        def total(**only: tuple[str, ...]) -> object:
            return CONTACTS.compute(kim, FigureQuery(year, only=only)).total

        assert total() == total(case_kind=(cases[0].kind,)) == 2
        assert total(municipality=(cases[0].municipality.ags,)) == 1
        assert total(case_kind=("nothing",)) == total(municipality=("00000000",)) == total(access_path=("x",)) == 0
        assert total(access_path=("selbstmeldung",)) == total(access_path=("veranstaltung",)) == 1
        assert total(access_path=("selbstmeldung", "veranstaltung")) == 2


@pytest.mark.parametrize("stranger", ["anton", "fiona", "klara", "tomasz"])
def test_a_stranger_reads_no_counts_even_in_bare_sql(cast: Cast, stranger: str) -> None:
    with a_world(cast) as cases:
        write(cast, cases, [(0, date(2022, 2, 3), False)])
        count_contacts_ahead()
        write(cast, cases, [(0, date(2022, 2, 3), False)])
        set_actor(cast.actor(stranger).account_id)
        assert not CountedContacts.objects.exists()
        assert not StaleContacts.objects.exists()
        set_actor(cast.actor("kim").account_id)
        assert CountedContacts.objects.visible_to(cast.actor("kim")).exists()
        assert CountedContacts.objects.update(contacts=99) == 0


def test_a_contact_stands_in_the_diary_of_its_own_organisation(cast: Cast) -> None:
    with a_world(cast) as cases:
        write(cast, cases, [(0, date(2022, 2, 3), False)])
        entry = Activity.objects.filter(organisation=cases[0].organisation_id)
        with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
            entry.update(organisation_id=cast.organisations["Kreis Kleve"])


def test_counting_leaves_no_setting_of_maintenance_behind(cast: Cast) -> None:
    with a_world(cast) as cases:
        write(cast, cases, [(0, date(2022, 2, 3), False)])
        assert count_contacts_ahead(most=1) == 1
        with connection.cursor() as cursor:
            cursor.execute("select coalesce(current_setting('kimwerk.maintenance', true), '')")
            assert cursor.fetchone() == ("",)
