"""Who stands in for whom, and how much work each one has, in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.casework.workload import open_cases_by_account
from kimwerk.staffing.due import due_items
from kimwerk.staffing.models import Employee, Substitution
from kimwerk.staffing.services.people import add_employee, add_leave
from kimwerk.staffing.services.substituting import SubstitutionRefused, add_substitution
from kimwerk.staffing.types import LeaveKind, SubstitutionProblem
from tests.casework.cases import opened, running
from tests.cast import Cast
from tests.staffing.test_posts import a_post, hold

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def somebody(kim: Actor, cast: Cast, name: str) -> Employee:
    home = cast.organisations["Rhein-Sieg-Kreis"]
    return add_employee(actor=kim, organisation_id=home, given_name=name, family_name="Beispiel")


def test_somebody_stands_in_while_another_is_away_and_my_day_asks_no_more(
    kim: Actor, cast: Cast, sign_in: SignIn
) -> None:
    frieda, vera = somebody(kim, cast, "Frieda"), somebody(kim, cast, "Vera")
    today = timezone.localdate()
    add_leave(actor=kim, employee=frieda, kind=LeaveKind.RELEASE, first_day=today, last_day=today + timedelta(days=9))
    assert any("1 Abwesenheit ist ohne Vertretung" in str(item.title) for item in due_items(kim))
    client = sign_in("kim")
    assert "abwesend, ohne Vertretung" in client.get(reverse("staffing:people")).content.decode()
    url = reverse("staffing:add_substitution", args=[frieda.pk])
    sent = {"substitute": str(vera.pk), "first_day": today.isoformat(), "last_day": today.isoformat()}
    page = client.post(url, sent, follow=True).content.decode()
    assert "Vertretung: Vera Beispiel" in page
    assert "vertritt Frieda Beispiel" in client.get(reverse("staffing:employee", args=[vera.pk])).content.decode()
    assert "schon eine Vertretung eingetragen" in client.post(url, sent).content.decode()
    assert "Vertretung: Vera Beispiel" in client.get(reverse("staffing:people")).content.decode()
    assert not any("ohne Vertretung" in str(item.title) for item in due_items(kim))
    client.post(reverse("staffing:remove_substitution", args=[Substitution.objects.get().pk]))
    assert not Substitution.objects.exists()


def test_nobody_stands_in_for_oneself_or_while_away(kim: Actor, cast: Cast, act_as: Act) -> None:
    frieda, vera = somebody(kim, cast, "Frieda"), somebody(kim, cast, "Vera")
    today = timezone.localdate()
    add_leave(actor=kim, employee=vera, kind=LeaveKind.RELEASE, first_day=today, last_day=today)
    for substitute, problem in ((frieda, SubstitutionProblem.ONESELF), (vera, SubstitutionProblem.AWAY)):
        with pytest.raises(SubstitutionRefused) as refused:
            add_substitution(actor=kim, employee=frieda, substitute=substitute, first_day=today, last_day=today)
        assert refused.value.problem is problem
    add_substitution(actor=kim, employee=vera, substitute=frieda, first_day=today, last_day=today + timedelta(days=1))
    act_as(cast.actor("frieda"))
    assert not Substitution.objects.exists()


def test_the_plan_says_who_stands_in_at_a_post_and_long_lists_ask_few_questions(
    kim: Actor, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    frieda, vera = somebody(kim, cast, "Frieda"), somebody(kim, cast, "Vera")
    today = timezone.localdate()
    hold(kim, a_post(kim, cast), frieda, "1")
    add_leave(actor=kim, employee=frieda, kind=LeaveKind.RELEASE, first_day=today, last_day=today)
    add_substitution(actor=kim, employee=frieda, substitute=vera, first_day=today, last_day=today)
    Employee.objects.bulk_create(
        Employee(organisation_id=frieda.organisation_id, given_name=f"Nr {number}", family_name="Muster",
                 sort_key=f"muster {number:03}")
        for number in range(60)
    )  # fmt: skip
    client = sign_in("kim")
    with django_assert_max_num_queries(14):
        assert "Vertretung: Vera Beispiel" in client.get(reverse("staffing:overview")).content.decode()
    with django_assert_max_num_queries(18):
        body = client.get(reverse("staffing:people")).content.decode()
    assert body.count("<tr") == 1 + 50
    address = re.search(r'href="(\?after=[0-9]+)" rel="next"', body)
    assert address
    rest = client.get(reverse("staffing:people") + address[1]).content.decode()
    assert rest.count("<tr") == 1 + 12
    assert "Nr 59" in rest


def test_open_cases_are_counted_for_who_may_count_and_for_nobody_else(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    opened(cast, frieda)
    running(cast, frieda)
    kim = act_as(cast.actor("kim"))
    account = Account.objects.get(pk=frieda.account_id)
    home = cast.organisations["Rhein-Sieg-Kreis"]
    add_employee(actor=kim, organisation_id=home, given_name="Frieda", family_name="Fallbeispiel", account=account)
    found = open_cases_by_account(kim, [account.pk])
    assert found is not None
    assert found.counts == {account.pk: 2}
    assert "Offene Fälle" in sign_in("kim").get(reverse("staffing:people")).content.decode()
    assert open_cases_by_account(act_as(cast.actor("fiona")), [account.pk]) is None
    assert "Offene Fälle" not in sign_in("fiona").get(reverse("staffing:people")).content.decode()
