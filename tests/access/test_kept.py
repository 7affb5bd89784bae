"""Questions that are written once answer as if they were written anew each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from threading import Thread

import pytest
from django.db import DataError, connection, transaction
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.kept import CannotKeep, asked_together, kept
from kimwerk.accounts.models import Account, Membership
from kimwerk.casework.models import Case
from kimwerk.directory.models import Municipality, Organisation
from tests.casework.cases import opened
from tests.cast import Cast

Act = Callable[[Actor], Actor]


def _of_account(account: int, on: date) -> QuerySet[Membership]:
    held = Membership.objects.filter(account=account, valid__contains=on).select_related("account", "organisation")
    return held.order_by("-pk")


def _named(accounts: list[int], name: str) -> QuerySet[Account, tuple[int, str]]:
    return Account.objects.filter(pk__in=accounts, given_name__gte=name).order_by("pk").values_list("pk", "given_name")


def _counted(accounts: list[int]) -> QuerySet[Membership, tuple[int, int]]:
    return (
        Membership.objects.filter(account__in=accounts).values_list("organisation").annotate(n=Count("pk")).order_by()
    )


def _seen_before(instant: datetime) -> QuerySet[Membership, int]:
    return Membership.objects.filter(granted_at__lt=instant).order_by("pk").values_list("pk", flat=True)[:3]


def test_a_kept_question_finds_what_the_question_itself_finds(cast: Cast) -> None:
    today, many = date.today(), sorted(cast.accounts.values())
    of_account, named, counted, seen = kept(_of_account), kept(_named), kept(_counted), kept(_seen_before)
    now = datetime.now(timezone.utc)
    for account in many:
        assert of_account(account, today) == list(_of_account(account, today))
        assert named([account], "K") == list(_named([account], "K"))
    for few in (many, many[:3], many[:1]):
        assert named(few, "K") == list(_named(few, "K"))
        assert sorted(counted(few)) == sorted(_counted(few))
    assert named(many, "'; drop table") == list(_named(many, "'; drop table"))
    assert seen(now + timedelta(days=1)) == list(_seen_before(now + timedelta(days=1)))
    assert seen(now - timedelta(days=4000)) == []


def test_what_is_joined_comes_with_the_rows(cast: Cast) -> None:
    [found] = kept(_of_account)(cast.accounts["klaus"], date.today())
    with CaptureQueriesContext(connection) as asked:
        said = (found.account.given_name, found.organisation.name)
    assert said == ("Klaus", "Kreis Kleve")
    assert len(asked) == 0


def test_columns_that_were_left_out_are_fetched_when_they_are_wanted(cast: Cast) -> None:
    only = kept(lambda pk: Municipality.objects.filter(pk=pk).only("name"))
    [town] = only(cast.municipalities["Siegburg"])
    assert (town.name, town.ags) == ("Siegburg", "05382060")


def test_an_empty_list_finds_nothing(cast: Cast) -> None:
    assert kept(_named)([], "A") == []


def test_each_call_asks_the_database(cast: Cast) -> None:
    question = kept(_of_account)
    question(cast.accounts["frieda"], date.today())
    with CaptureQueriesContext(connection) as asked:
        question(cast.accounts["klaus"], date.today())
        question(cast.accounts["klaus"], date.today())
    assert [str(cast.accounts["klaus"]) in each["sql"] for each in asked.captured_queries] == [True, True]


def test_a_value_that_only_decides_what_is_asked_cannot_be_kept(cast: Cast) -> None:
    limited = kept(lambda most: Organisation.objects.order_by("pk")[:most])
    with pytest.raises(CannotKeep, match="does not reach"):
        limited(3)


def _own(actor: Actor) -> QuerySet[Account]:
    return Account.objects.visible_to(actor).order_by("pk")


def _told(actor: Actor, town: int) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(municipality=town).order_by("pk")


def test_what_an_actor_may_see_is_kept_for_each_set_of_roles(cast: Cast, act_as: Act) -> None:
    own, told, towns = kept(_own), kept(_told), (cast.municipalities["Siegburg"], cast.municipalities["Troisdorf"])
    opened(cast, act_as(cast.actor("frieda")))
    found = 0
    for name in (*cast.accounts, *cast.accounts):
        actor = act_as(cast.actor(name))
        assert own(actor) == list(_own(actor))
        for town in towns:
            assert told(actor, town) == list(_told(actor, town))
            found += len(told(actor, town))
    assert found, "somebody works on the case"


def test_two_people_with_the_same_roles_are_asked_for_apart(cast: Cast) -> None:
    held = kept(lambda actor: Membership.objects.filter(account=actor.account_id).values_list("account", flat=True))
    grants = cast.actor("frieda").grants
    for name in ("frieda", "klaus"):
        assert set(held(Actor(cast.accounts[name], name, grants))) == {cast.accounts[name]}


def test_who_is_not_signed_in_cannot_be_kept(cast: Cast) -> None:
    with pytest.raises(CannotKeep):
        kept(_own)(NOBODY)


def test_what_asks_something_first_cannot_be_kept(cast: Cast) -> None:
    def counties(town: int) -> QuerySet[Organisation]:
        known = list(Municipality.objects.values_list("pk", flat=True))
        return Organisation.objects.filter(municipality__in=known).filter(municipality=town)

    with pytest.raises(CannotKeep, match="nothing is asked"):
        kept(counties)(cast.municipalities["Siegburg"])


def test_questions_that_are_asked_together_are_answered_as_one_by_one(cast: Cast) -> None:
    of_account, named, today = kept(_of_account), kept(_named), date.today()
    frieda, klaus = cast.accounts["frieda"], cast.accounts["klaus"]
    asked = (of_account.of(frieda, today), of_account.of(klaus, today), named.of([frieda, klaus], "K"))
    with asked_together(*asked, *asked), CaptureQueriesContext(connection) as more:
        assert of_account(klaus, today) == list(_of_account(klaus, today).all())
        assert named([frieda, klaus], "K") == list(_named([frieda, klaus], "K").all())
        assert of_account(frieda, today) == list(_of_account(frieda, today).all())
    assert len(more) == 3, "those that the comparison asks"


def test_an_answer_that_was_asked_together_is_handed_out_once_and_not_outside(cast: Cast) -> None:
    named, frieda = kept(_named), cast.accounts["frieda"]
    with asked_together(named.of([frieda], "A")):
        first = named([frieda], "A")
        Account.objects.filter(pk=frieda).update(given_name="Friederike")
        assert [name for _pk, name in named([frieda], "A")] == ["Friederike"]
    with asked_together(named.of([frieda], "A")):
        Account.objects.filter(pk=frieda).update(given_name="Frida")
    assert first != named([frieda], "A") == [(frieda, "Frida")]


def test_asking_nothing_together_asks_nothing(cast: Cast) -> None:
    nobody = Actor(cast.accounts["sam"], "Sam", cast.actor("sam").grants)
    told = kept(_told)
    with CaptureQueriesContext(connection) as asked, asked_together(told.of(nobody, cast.municipalities["Siegburg"])):
        assert told(nobody, cast.municipalities["Siegburg"]) == []
    assert len(asked) == 0
    with asked_together():
        pass


def test_a_mistake_among_questions_asked_together_is_raised(cast: Cast) -> None:
    right, broken = kept(_of_account), kept(lambda pk: Organisation.objects.filter(pk=pk).extra(where=["1 / 0 = 1"]))
    with pytest.raises(DataError), transaction.atomic():
        with asked_together(right.of(1, date.today()), broken.of(1)):
            pytest.fail("the question cannot be answered")
    assert right(cast.accounts["frieda"], date.today()), "the connection answers on"


def test_a_day_that_is_looked_up_inside_cannot_be_kept(cast: Cast) -> None:
    question = kept(lambda account: Membership.objects.filter(account=account, valid__contains=date.today()))
    with pytest.raises(CannotKeep, match="handed in"):
        question(1)


@pytest.mark.parametrize("value", [None, True, 1.5, {1, 2}])
def test_a_value_of_an_unknown_kind_cannot_be_kept(value: object, cast: Cast) -> None:
    question = kept(lambda wanted: Organisation.objects.filter(pk=wanted))
    with pytest.raises(CannotKeep):
        question(value)


def test_rows_that_are_fetched_in_two_steps_cannot_be_kept(cast: Cast) -> None:
    question = kept(lambda pk: Account.objects.filter(pk=pk).prefetch_related("memberships"))
    with pytest.raises(CannotKeep, match="one step"):
        question(1)


def test_every_thread_asks_over_its_own_connection(cast: Cast) -> None:
    question = kept(lambda pk: Organisation.objects.filter(pk=pk).values_list("pk", flat=True))
    question(1)
    asked: list[str] = []

    def elsewhere() -> None:
        try:
            question(1)
        except Exception as refused:  # a test's database is not opened in other threads
            asked.append(type(refused).__name__)
        else:
            asked.append("asked")
            connection.close()

    with CaptureQueriesContext(connection) as here:
        thread = Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert len(here) == 0
    assert len(asked) == 1
