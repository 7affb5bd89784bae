"""Figures on the command line: as somebody, with a window whose last day counts."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from kimwerk.accounts.console import VARIABLE
from tests.activities.test_figures import entry
from tests.activities.worlds import write
from tests.cast import Cast

SPRING = ("--from", "2022-01-01", "--to", "2022-04-21")


@pytest.fixture(autouse=True)
def nobody_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def say(*arguments: str) -> str:
    out = io.StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


def show(*arguments: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(say("show", *arguments, "--format", "json"))
    return found


def test_the_list_names_keys_and_units() -> None:
    assert "activities_by_month_and_kind" in say("list")


def test_the_last_day_is_included(cast: Cast) -> None:
    write(cast, [entry()])
    kim = ("--as", "kim@kimwerk.example")
    assert show("activities", "--from", "2022-03-07", "--to", "2022-03-07", *kim)["total"] == 1
    assert show("activities", "--from", "01.03.2022", "--to", "06.03.2022", *kim)["total"] == 0


def test_three_breakdowns_can_be_asked_for_and_a_fourth_not(cast: Cast) -> None:
    write(cast, [entry()])
    asked = ("activities", *SPRING, "--as", "kim@kimwerk.example", "--by", "kind", "--by", "month", "--by", "topic")
    assert [axis["key"] for axis in show(*asked)["dimensions"]] == ["kind", "month", "topic"]  # type: ignore[attr-defined]  # JSON
    with pytest.raises(CommandError, match="höchstens drei"):
        show(*asked, "--by", "channel")


def test_the_variable_names_the_actor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    write(cast, [entry()])
    monkeypatch.setenv(VARIABLE, "klara@kimwerk.example")
    assert show("activities", *SPRING)["total"] == 0
    assert show("activities", *SPRING, "--as", "karin@kimwerk.example")["total"] == 1


def test_nobody_is_asked_for_a_name(cast: Cast) -> None:
    with pytest.raises(CommandError, match="KIMWERK_ACTOR"):
        show("activities", *SPRING)


def test_the_demo_acts_as_the_coordination(cast: Cast) -> None:
    write(cast, [entry()])
    with override_settings(DEMO=True):
        assert show("activities", *SPRING)["total"] == 1


def test_an_account_without_a_role_is_nobody(cast: Cast) -> None:
    with pytest.raises(CommandError, match=r"stranger@kimwerk\.example"):
        show("activities", *SPRING, "--as", "stranger@kimwerk.example")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing", *SPRING), "gibt es nicht"),
        (("activities", "--from", "2022-02-01", "--to", "2022-01-31"), "endet, bevor er beginnt"),
        (("activities", *SPRING, "--by", "staff"), "nicht nach „staff“"),
        (("activities", *SPRING, "--by", "sort"), "nicht nach „sort“"),
    ],
)
def test_a_question_without_an_answer_says_why(cast: Cast, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        show(*arguments, "--as", "kim@kimwerk.example")


@pytest.mark.parametrize("typed", [("--to", "2022-13-01"), ("--to", "morgen"), ("--fte", "0"), ("--fte", "1.5")])
def test_a_wrong_day_or_number_is_named(cast: Cast, typed: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=typed[0]):
        show("activities", *SPRING, *typed, "--as", "kim@kimwerk.example")


def test_months_can_be_counted_ahead_by_hand(cast: Cast) -> None:
    write(cast, [entry()])
    assert say("ahead").startswith("1 ")
    assert say("ahead").startswith("0 ")


def test_a_table_and_a_csv_come_with_their_definition(cast: Cast) -> None:
    write(cast, [entry()])
    kim = ("--as", "kim@kimwerk.example")
    assert "01.01.2022 bis 21.04.2022" in say("show", "participants", *SPRING, *kim)
    assert "Zielgruppe;3;75,0" in say("show", "participants", *SPRING, *kim, "--format", "csv")
