"""Lists, sums and names: what is found, by whom, and in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.counting.totals import totals_of
from kimwerk.activities.models import Activity, Category
from kimwerk.activities.selectors.book import book_for, short_codes, vocabulary_for
from kimwerk.activities.selectors.entries import Entries, EntryTotals, entries, facts_of, totals
from kimwerk.activities.selectors.lines import line_of
from kimwerk.activities.selectors.summaries import (
    summary_by_day,
    summary_by_kind,
    summary_by_person,
    summary_by_site,
    week_of,
)
from kimwerk.activities.selectors.usual import last_used, usual_entries
from kimwerk.activities.shorthand import read_shorthand
from kimwerk.activities.types import MISSING_ID, EntryColumn, EntryFilter
from kimwerk.audit.models import Event
from kimwerk.kernel.periods import Period
from tests.activities.diary import DAY, stands, usual
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]


def shown(actor: Actor, **asked: object) -> list[int]:
    """The ids a list shows, in its order."""
    return [row.id for row in a_list(actor, EntryFilter(**asked))[:50]]  # type: ignore[arg-type]


def a_list(actor: Actor, asked: EntryFilter) -> Entries:
    """What the filter finds, as the page would show it."""
    return Entries(actor, asked, book_for(actor), totals_of(actor, asked))


def test_a_list_takes_four_queries_however_long_it_is(
    cast: Cast, act_as: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stands(cast, "mehmet", count=30, topics=(cast.categories["wohnen"],))
    karin = act_as(cast.actor("karin"))
    book_for(karin)
    with django_assert_num_queries(4):  # is the book fresh, the sums, the rows, the note of what was read
        found = a_list(karin, EntryFilter(is_team=True))
        assert len(found[:50]) == len(found) == 30


def test_ones_own_list_needs_no_note_of_reading(
    cast: Cast, act_as: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stands(cast, count=3)
    frieda = act_as(cast.actor("frieda"))
    book_for(frieda)
    with django_assert_num_queries(3):  # is the book fresh, the sums, the rows
        assert len(a_list(frieda, EntryFilter())[:50]) == 3


def test_what_a_coordination_reads_of_colleagues_is_recorded(cast: Cast, act_as: Act) -> None:
    stands(cast, "mehmet", count=2)
    stands(cast, "karin")
    shown(act_as(cast.actor("karin")), is_team=True)
    set_actor(cast.accounts["doris"])
    reads = Event.objects.visible_to(cast.actor("doris")).filter(kind="read")
    assert [event.amount for event in reads] == [2]


def test_the_units_are_summed_side_by_side(cast: Cast, act_as: Act) -> None:
    stands(cast, participants_target=2, participants_partner=1, minutes=30)
    stands(cast, participants_target=3, participants_partner=0, minutes=None)
    frieda = act_as(cast.actor("frieda"))
    assert totals(frieda, EntryFilter()) == EntryTotals(2, 5, 1, 30, 1)
    assert totals(frieda, EntryFilter()).participants == 6


@pytest.mark.parametrize("character", ["mehmet", "kim", "anton"])
def test_a_colleague_asking_for_the_team_gets_only_their_own(character: str, cast: Cast, act_as: Act) -> None:
    stands(cast)
    [own] = stands(cast, character)
    assert shown(act_as(cast.actor(character)), is_team=True) == [own.pk]


@pytest.mark.parametrize("character", ["klaus", "klara", "tomasz", "lena", "doris", "sam", "stefan", "arno", "tina"])
def test_a_stranger_is_shown_nothing(character: str, cast: Cast, act_as: Act) -> None:
    stands(cast, count=2)
    actor = act_as(cast.actor(character))
    assert shown(actor, is_team=True) == shown(actor) == []


def test_nobody_is_shown_nothing(cast: Cast) -> None:
    stands(cast)
    assert list(entries(NOBODY, EntryFilter(is_team=True))) == []


def test_every_filter_finds_what_it_names_and_nothing_else(cast: Cast, act_as: Act) -> None:
    [wanted] = stands(
        cast,
        kind_id=cast.categories["verweisberatung"],
        channel_id=cast.categories["telefon"],
        municipality_id=cast.municipalities["Hennef (Sieg)"],
        site_id=cast.sites["Rathaus Hennef"],
        referral_target_id=cast.categories["mbe"],
        topics=(cast.categories["arbeit"],),
        target_groups=(cast.categories["ukraine"],),
        legal_circles=(cast.categories["sgb-ii"],),
        note="Raum belegt",
        minutes=None,
    )
    stands(cast)
    frieda = act_as(cast.actor("frieda"))
    for name, value in {
        "kinds": {cast.categories["verweisberatung"]},
        "channels": {cast.categories["telefon"]},
        "municipalities": {cast.municipalities["Hennef (Sieg)"]},
        "sites": {cast.sites["Rathaus Hennef"]},
        "referral_targets": {cast.categories["mbe"]},
        "topics": {cast.categories["arbeit"], cast.categories["wohnen"]},
        "target_groups": {cast.categories["ukraine"]},
        "legal_circles": {cast.categories["sgb-ii"]},
        "has_minutes": False,
        "note": "BELEGT",
    }.items():
        assert shown(frieda, **{name: frozenset(value) if isinstance(value, set) else value}) == [wanted.pk], name


def test_what_is_not_recorded_can_be_asked_for_alone_and_beside_others(cast: Cast, act_as: Act) -> None:
    bare = {"channel_id": None, "municipality_id": None, "site_id": None, "referral_target_id": None}
    [without] = stands(cast, **bare, topics=(), target_groups=(), legal_circles=())
    wohnen = (cast.categories["wohnen"],)
    filled = {"channel_id": cast.categories["telefon"], "municipality_id": cast.municipalities["Hennef (Sieg)"]}
    filled |= {"site_id": cast.sites["Rathaus Hennef"], "referral_target_id": cast.categories["mbe"]}
    groups = {
        "kind_id": cast.categories["verweisberatung"],
        "target_groups": (cast.categories["ukraine"],),
        "legal_circles": (cast.categories["sgb-ii"],),
    }
    [whole] = stands(cast, **filled, **groups, topics=wohnen)
    act_as(cast.actor("karin"))
    karin, missing = cast.actor("karin"), frozenset({MISSING_ID})
    names = ("channels", "municipalities", "sites", "referral_targets", "topics", "target_groups", "legal_circles")
    for name in names:
        asked = EntryFilter(is_team=True, **{name: missing})  # type: ignore[arg-type]  # each is a set of ids
        assert [row.id for row in a_list(karin, asked)[:50]] == [without.pk], name
        assert totals_of(karin, asked) == totals(karin, asked)
    assert set(shown(karin, is_team=True, topics=missing | set(wohnen))) == {without.pk, whole.pk}


def test_a_window_holds_its_first_and_last_day(cast: Cast, act_as: Act) -> None:
    ids = [stands(cast, day=day)[0].pk for day in (date(2022, 3, 6), date(2022, 3, 7), date(2022, 3, 8))]
    frieda = act_as(cast.actor("frieda"))
    assert shown(frieda, window=Period.of_days(date(2022, 3, 7), date(2022, 3, 8))) == ids[:0:-1]


@pytest.mark.parametrize("column", list(EntryColumn))
def test_a_list_turns_around_and_puts_what_is_missing_last(column: EntryColumn, cast: Cast, act_as: Act) -> None:
    first = stands(cast, "frieda", kind_id=cast.categories["arbeitskreis"], minutes=1, participants_target=0)[0].pk
    last = stands(
        cast,
        "mehmet",
        day=date(2022, 3, 8),
        municipality_id=None,
        site_id=None,
        minutes=None,
        participants_target=4,
        participants_partner=5,
        kind_id=cast.categories["workshop"],
    )[0].pk
    karin = act_as(cast.actor("karin"))
    up = shown(karin, is_team=True, sort=column, is_descending=False)
    down = shown(karin, is_team=True, sort=column, is_descending=True)
    missing_last = column in {EntryColumn.MUNICIPALITY, EntryColumn.SITE, EntryColumn.MINUTES}
    assert up == [first, last]
    assert down == ([first, last] if missing_last else [last, first])


def test_a_removed_entry_is_in_no_list_and_no_sum(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    with as_owner():
        Activity.objects.filter(pk=entry.pk).update(removed_at="2022-03-08T10:00Z", removed_by=cast.accounts["frieda"])
    frieda = act_as(cast.actor("frieda"))
    assert shown(frieda) == []
    assert summary_by_kind(frieda, EntryFilter()) == ()


def test_summaries_keep_a_row_for_what_was_not_recorded_and_add_up(cast: Cast, act_as: Act) -> None:
    stands(cast, count=3)
    stands(cast, "mehmet", site_id=None)
    karin = act_as(cast.actor("karin"))
    asked = EntryFilter(is_team=True)
    by_site = summary_by_site(karin, asked)
    assert [(row.label, row.totals.activities) for row in by_site] == [("Rathaus Siegburg", 3), ("", 1)]
    assert sum(row.share for row in by_site) == 1
    assert [row.label for row in summary_by_person(karin, asked)] == ["Frieda Fallbeispiel", "Mehmet Muster"]


def test_sums_per_person_stand_in_the_order_of_names_whoever_did_most(cast: Cast, act_as: Act) -> None:
    stands(cast, "frieda", count=1)
    stands(cast, "mehmet", count=3)
    stands(cast, "karin", count=2)
    rows = summary_by_person(act_as(cast.actor("karin")), EntryFilter(is_team=True))
    assert [row.label for row in rows] == sorted(row.label for row in rows)
    assert [row.totals.activities for row in rows] != sorted((row.totals.activities for row in rows), reverse=True)


def test_a_week_has_seven_days_also_where_nothing_was_done(cast: Cast, act_as: Act) -> None:
    stands(cast)
    frieda = act_as(cast.actor("frieda"))
    days = summary_by_day(frieda, EntryFilter(window=week_of(DAY)))
    assert [day.totals.activities for day in days] == [1, 0, 0, 0, 0, 0, 0]


def test_the_book_is_written_once_and_anew_after_a_change(
    cast: Cast, act_as: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    frieda = act_as(cast.actor("frieda"))
    book = book_for(frieda)
    with django_assert_num_queries(1):
        assert book_for(frieda) is book
    with as_owner():
        Category.objects.filter(code="workshop").update(label="Werkstatt")
    act_as(frieda)
    assert book_for(frieda).label(cast.categories["workshop"]) == "Werkstatt"


def test_the_vocabulary_has_the_towns_nearby_with_short_codes_and_no_far_ones(cast: Cast, act_as: Act) -> None:
    words = vocabulary_for(act_as(cast.actor("frieda")))
    assert words.municipalities.exactly("he")
    assert words.municipalities.exactly("tr")
    assert words.municipalities.exactly("Kleve") is None
    assert words.staff.exactly("Mehmet Muster")
    assert words.staff.exactly("Klaus Kleve") is None


def test_an_ended_category_keeps_its_name_but_is_no_word_any_more(cast: Cast, act_as: Act) -> None:
    with as_owner():
        Category.objects.filter(code="workshop").update(valid_until=date(2022, 1, 1))
    book = book_for(act_as(cast.actor("frieda")))
    assert book.label(cast.categories["workshop"]) == "Workshop"
    assert book.vocabulary.kinds.exactly("Workshop") is None


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["Siegburg", "Troisdorf"], {"Siegburg": ("si",), "Troisdorf": ("tr",)}),
        (["Siegburg", "Siegen"], {}),
        (["Sankt Augustin", "Dortmund"], {}),  # Saturday and Thursday
        (["Wesel"], {}),  # taken by another word
    ],
)
def test_a_short_code_is_given_only_where_nothing_else_is_meant(names: list[str], codes: dict[str, tuple[str]]) -> None:
    assert short_codes(names, frozenset({"we", "sa", "do"})) == codes


def test_the_line_of_an_entry_enters_the_same_again(cast: Cast, act_as: Act) -> None:
    facts = usual(
        cast,
        kind_id=cast.categories["verweisberatung"],
        referral_target_id=cast.categories["mbe"],
        target_groups=(cast.categories["ukraine"],),
        participants_partner=1,
    )
    frieda = act_as(cast.actor("frieda"))
    book = book_for(frieda)
    said = read_shorthand(line_of(facts, book), book.vocabulary, DAY)
    assert said.is_clear
    assert said.kind
    assert said.site
    assert said.referral_target
    assert (said.kind.id, said.site.id, said.referral_target.id) == (
        facts.kind_id,
        facts.site_id,
        facts.referral_target_id,
    )
    assert (said.participants_target, said.participants_partner, said.minutes) == (2, 1, 30)


def test_the_last_places_are_assumed_next_time(cast: Cast, act_as: Act) -> None:
    stands(cast)
    last = last_used(act_as(cast.actor("frieda")))
    assert (last.municipality_id, last.site_id) == (cast.municipalities["Siegburg"], cast.sites["Rathaus Siegburg"])
    assert last_used(act_as(cast.actor("mehmet"))).municipality_id is None


def test_what_is_entered_often_is_offered_and_what_is_kept_already_is_not(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    book = book_for(frieda)
    stands(cast, count=3, day=book.today)
    stands(cast, day=book.today, kind_id=cast.categories["workshop"])
    act_as(frieda)
    [offered] = usual_entries(frieda, book)
    assert offered.times == 3
    assert usual_entries(frieda, book, known=(offered,)) == ()


def test_facts_come_back_as_they_went_in(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast, topics=(cast.categories["wohnen"],))
    act_as(cast.actor("frieda"))
    assert facts_of(Activity.objects.get(pk=entry.pk)) == usual(cast, topics=(cast.categories["wohnen"],))
