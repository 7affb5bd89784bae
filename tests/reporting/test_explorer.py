"""The explorer: three dimensions, another window, per 1,000 people, kept, shared, placed, taken along."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure, figures
from kimwerk.reporting.comparing import caveats
from kimwerk.reporting.denominators import Denominator, foreign_nationals
from kimwerk.reporting.exploring import Question, explore
from kimwerk.reporting.models import Exploration, PlacedFigure
from kimwerk.reporting.services.exploring import share_exploration
from kimwerk.reporting.web.explorer_pages import layout_of
from tests.activities.test_figures import entry
from tests.activities.worlds import write
from tests.casework.cases import opened
from tests.cast import Cast, as_owner
from tests.reporting.reporters import begin, section_of

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
SPRING = Period.of_days(date(2022, 1, 1), date(2022, 4, 30))
IN_SPRING = "from=2022-01-01&to=2022-04-30"
EXPLORER = "reporting:explorer"


def page(client: Client, query: str, status: int = 200) -> str:
    response = client.get(f"{reverse(EXPLORER)}?{query}")
    assert response.status_code == status
    text = response.content.decode()
    assert "!!undefined" not in text
    return text


def lines(client: Client, query: str) -> list[list[str]]:
    response = client.get(f"{reverse('reporting:explorer_file', args=['csv'])}?{query}")
    assert response.status_code == 200
    return list(csv.reader(response.content.decode("utf-8-sig").replace("\xa0", " ").splitlines(), delimiter=";"))


@pytest.fixture
def diary(cast: Cast) -> None:
    write(
        cast,
        [
            entry(topic=("wohnen",)),
            entry(staff="mehmet", channel="", municipality="", day=date(2022, 4, 2)),
            entry(kind="verweisberatung", referral_target="mbe", minutes=None, day=date(2021, 3, 7)),
            entry(kind="verweisberatung", referral_target="mbe", minutes=None),
        ],
    )


@pytest.mark.parametrize("key", [each.key for each in figures()])
def test_every_figure_can_be_explored(cast: Cast, sign_in: SignIn, key: str) -> None:
    assert 'id="answer"' in page(sign_in("karin"), f"figure={key}&{IN_SPRING}")


def test_three_dimensions_make_one_table(cast: Cast, diary: None, sign_in: SignIn) -> None:
    asked = f"figure=activities&{IN_SPRING}&by=kind&by2=municipality&by3=quarter"
    found = lines(sign_in("kim"), asked)
    assert found[0] == [
        "Art der Maßnahme: Kommune / Quartal",
        "1. Quartal 2022",
        "2. Quartal 2022 (01.04.–30.04.)",
        "gesamt",
    ]
    assert ["Verweisberatung: Siegburg", "1", "0", "1"] in found
    assert ["Workshop: nicht erfasst", "0", "1", "1"] in found
    assert found[-1] == ["Gesamt", "2", "1", "3"]
    assert "Drei Merkmale" in page(sign_in("kim"), asked)


def test_two_windows_stand_side_by_side_with_their_difference(cast: Cast, diary: None, sign_in: SignIn) -> None:
    found = lines(sign_in("kim"), f"figure=activities&{IN_SPRING}&by=kind&against=year")
    assert found[0][1:] == [
        "01.01.2021 bis 30.04.2021",
        "01.01.2022 bis 30.04.2022",
        "Unterschied",
        "Veränderung in Prozent",
    ]
    assert ["Verweisberatung", "1", "1", "0", "0,0 %"] in found
    assert ["Workshop", "0", "2", "+2", "–"] in found
    assert found[-1] == ["Gesamt", "1", "3", "+2", "+200,0 %"]


def test_slices_of_time_are_laid_side_by_side(cast: Cast, diary: None, sign_in: SignIn) -> None:
    found = lines(sign_in("kim"), f"figure=activities&{IN_SPRING}&by=month&against=year")
    assert ["März 2022 gegenüber März 2021", "1", "2", "+1", "+100,0 %"] in found


def test_windows_that_cannot_be_compared_are_named(cast: Cast, diary: None, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    question = Question(figure("activities"), SPRING, against=Period.of_days(date(2022, 4, 1), date(2022, 4, 30)))
    explored = explore(kim, question)
    assert explored.before
    assert len(list(caveats(explored.table, explored.before))) == 2


def test_counts_are_related_to_the_people_of_each_municipality(cast: Cast, diary: None, act_as: Act) -> None:
    with as_owner():
        Municipality.objects.filter(district__key="05382").update(population=10_000, population_on=date(2022, 5, 15))
    kim = act_as(cast.actor("kim"))
    question = Question(figure("activities"), SPRING, ("municipality",), per=Denominator.INHABITANTS)
    counted = explore(kim, question).table.counted
    assert counted.cells["05382060",] == Decimal("0.2")
    assert counted.cells["",] is None, "whoever is without a place is nobody's neighbour"
    assert {member.label for member in counted.axes[0].members} >= {"Troisdorf", "Hennef (Sieg)"}
    assert counted.total == Decimal(3) * 1000 / 40_000
    foreign = Question(figure("activities"), SPRING, ("municipality",), per=Denominator.FOREIGN_NATIONALS)
    people = foreign_nationals()["05382060"]
    assert explore(kim, foreign).table.counted.cells["05382060",] == Decimal(2) * 1000 / people


def test_the_denominators_say_where_they_come_from(cast: Cast, diary: None, sign_in: SignIn) -> None:
    text = page(sign_in("kim"), f"figure=activities&{IN_SPRING}&by=municipality&per=foreign_nationals")
    assert "dl-de/by-2-0" in text
    assert "je 1.000 Ausländerinnen und Ausländer" in text
    assert len(foreign_nationals()) == 396


def test_an_unknown_number_of_people_gives_no_rate(cast: Cast, diary: None, act_as: Act) -> None:
    question = Question(figure("activities"), SPRING, ("municipality",), per=Denominator.INHABITANTS)
    counted = explore(act_as(cast.actor("kim")), question).table.counted
    assert counted.total is None
    assert set(counted.cells.values()) == {None}


@pytest.fixture
def cases(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    for place, number in (("Siegburg", 4), ("Hennef (Sieg)", 2), ("Troisdorf", 3)):
        for _ in range(number):
            opened(cast, frieda, municipality_id=cast.municipalities[place])


def test_the_leadership_sees_a_protected_table_and_the_coordination_the_numbers(
    cast: Cast, cases: None, sign_in: SignIn
) -> None:
    asked = f"figure=cases_opened&{IN_SPRING}&by=municipality"
    assert ["Hennef (Sieg)", "2", "22,2 %"] in lines(sign_in("karin"), asked)
    found = {line[0]: line[1] for line in lines(sign_in("lena"), asked)}
    assert found["Hennef (Sieg)"] == "–"
    assert sorted(found[place] for place in ("Siegburg", "Troisdorf")) in (["3", "–"], ["4", "–"])
    assert found["Gesamt"] == "9"
    text = page(sign_in("lena"), asked)
    assert "Geschützt" in text
    assert "rep-total" not in page(sign_in("lena"), "figure=cases_opened&from=2022-01-01&to=2022-04-29")
    for key in ("figure", "download"):
        arguments = ["cases_opened", *(["csv"] if key == "download" else [])]
        told = sign_in("lena").get(f"{reverse(f'reporting:{key}', args=arguments)}?{asked}").content.decode()
        assert "22,2" not in told, "the page of the figure tells no more"
        assert key == "download" or "Geschützt: Zahlen unter 3" in told


def test_whoever_narrows_to_one_place_after_the_other_learns_no_more(cast: Cast, cases: None, sign_in: SignIn) -> None:
    whole = {line[0]: line[1] for line in lines(sign_in("lena"), f"figure=cases_opened&{IN_SPRING}&by=municipality")}
    for name, ags in (("Siegburg", "05382060"), ("Hennef (Sieg)", "05382020"), ("Troisdorf", "05382068")):
        alone = lines(sign_in("lena"), f"figure=cases_opened&{IN_SPRING}&by=&filter=municipality&member={ags}")
        assert alone[-1][1] == whole[name]


def test_a_question_is_kept_shared_opened_and_removed(cast: Cast, diary: None, sign_in: SignIn, act_as: Act) -> None:
    kim, karin = sign_in("kim"), sign_in("karin")
    asked = f"figure=activities&{IN_SPRING}&by=kind&by2=month"
    keep = f"{reverse('reporting:explorer_keep')}?{asked}"
    assert kim.get(keep).status_code == 200
    assert kim.post(keep, {"title": ""}).status_code == 422
    assert kim.post(keep, {"title": "Arten im Frühjahr"}).status_code == 302
    assert kim.post(keep, {"title": "Arten im Frühjahr"}).status_code == 422, "a name stands once"
    act_as(cast.actor("kim"))
    kept = Exploration.objects.get(title="Arten im Frühjahr")
    address = reverse("reporting:exploration", args=[kept.pk])
    assert karin.get(address).status_code == 404
    assert kim.post(reverse("reporting:exploration_share", args=[kept.pk])).status_code == 302
    assert asked in karin.get(address).headers["Location"]
    assert "Arten im Frühjahr" in karin.get(reverse("reporting:explorations")).content.decode()
    assert sign_in("klara").get(address).status_code == 404
    for name in ("exploration_share", "exploration_remove"):
        assert karin.post(reverse(f"reporting:{name}", args=[kept.pk])).status_code == 404
    text = page(kim, f"{asked}&kept={kept.pk}")
    assert "Arten im Frühjahr" in text
    assert "zählt etwas anderes" not in text
    act_as(cast.actor("kim"))
    Exploration.objects.filter(pk=kept.pk).update(definition="0" * 64)
    assert "zählt etwas anderes" in page(kim, f"{asked}&kept={kept.pk}")
    assert kim.post(reverse("reporting:exploration_remove", args=[kept.pk])).status_code == 302
    act_as(cast.actor("kim"))
    assert not Exploration.objects.exists()


def test_nobody_keeps_or_changes_a_question_of_others_even_in_bare_sql(cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    home, stranger = cast.organisations["Rhein-Sieg-Kreis"], cast.organisations["Kreis Kleve"]
    facts = {"title": "T", "question": "figure=activities", "figure": "activities", "definition": "0" * 64}
    kept = Exploration.objects.create(organisation_id=home, kept_by_id=kim.account_id, is_shared=True, **facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        Exploration.objects.create(organisation_id=stranger, kept_by_id=kim.account_id, **facts | {"title": "U"})
    karin = act_as(cast.actor("karin"))
    assert Exploration.objects.filter(pk=kept.pk).exists()
    assert Exploration.objects.filter(pk=kept.pk).update(title="X") == 0
    with pytest.raises(PermissionDenied):
        share_exploration(actor=karin, exploration=kept, is_shared=False)
    act_as(cast.actor("klara"))
    assert not Exploration.objects.exists()


def test_a_question_is_placed_into_a_report(cast: Cast, diary: None, sign_in: SignIn) -> None:
    report = begin(cast)
    section = section_of(report, report.sections.exclude(key="").values_list("key", flat=True)[0])
    place = f"{reverse('reporting:explorer_place')}?figure=activities&{IN_SPRING}&by=channel&kind=workshop"
    client = sign_in("kim")
    assert section.heading in client.get(place).content.decode()
    assert client.post(place, {"section": str(section.pk)}).status_code == 302
    begin(cast, title="Zweiter")  # names kim to the database again
    new = PlacedFigure.objects.filter(section=section).latest("pk")
    assert (new.key, new.by, new.only, new.window) == ("activities", ["channel"], {"kind": ["workshop"]}, SPRING)
    assert sign_in("frieda").get(place).status_code == 404
    assert client.post(place, {"section": "999999"}).status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "figure=activities&by=shoe_size&by2=%27&by3=staff",
        "figure=cases_opened&by=kind&by2=case_kind&filter=shoe_size&member=1",
        "figure=cases_opened&filter=case_kind&member=%27",
        "figure=activities&against=other",
        "figure=activities&against=other&against_from=2022-02-01&against_to=2022-01-01",
        "figure=activities&against=x&per=y&from=x&to=y&kept=abc",
        "figure=activities&kept=99999999999999999999",
        "figure=financial_effects&by=finance_line&by2=year&against=before",
        f"figure=case_duration&{IN_SPRING}&by=case_kind&by2=municipality&by3=closure_reason&against=year",
    ],
)
def test_nonsense_in_the_address_breaks_nothing(cast: Cast, diary: None, sign_in: SignIn, query: str) -> None:
    page(sign_in("kim"), query)
    page(sign_in("frieda"), query)


def test_an_unknown_figure_is_no_page(cast: Cast, sign_in: SignIn) -> None:
    page(sign_in("kim"), "figure=shoe_sizes", status=404)


def test_changing_the_figure_forgets_the_breakdown_of_the_other(cast: Cast, sign_in: SignIn) -> None:
    text = page(sign_in("kim"), f"figure=cases_opened&by=kind&by2=month&{IN_SPRING}")
    assert "Monat" in text
    assert "Das kann nicht gezählt werden" not in text


def test_numbers_lead_to_the_rows_where_they_may_be_read(cast: Cast, diary: None, sign_in: SignIn) -> None:
    asked = f"figure=activities&{IN_SPRING}&by=kind&by2=municipality&by3=quarter"
    rows = f'href="{reverse("activities:list")}?first='
    assert rows in page(sign_in("karin"), asked)
    assert rows not in page(sign_in("frieda"), asked)


def test_a_page_costs_as_many_queries_however_much_it_shows(
    cast: Cast, diary: None, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("karin")
    with django_assert_max_num_queries(22):
        page(client, f"figure=activities&{IN_SPRING}&by=kind&by2=municipality&by3=month")
    write(cast, [entry(day=date(2022, 1, 1) + timedelta(days=n), municipality="Hennef (Sieg)") for n in range(60)])
    with django_assert_max_num_queries(22):
        page(client, f"figure=activities&{IN_SPRING}&by=kind&by2=municipality&by3=month")


def test_the_total_of_a_comparison_is_that_of_each_window(cast: Cast, diary: None, act_as: Act) -> None:
    question = Question(figure("activities"), SPRING, against=Period.year(2021))
    layout = layout_of(explore(act_as(cast.actor("kim")), question))
    assert [cell.value for cell in layout.lines[0].cells][:3] == [1, 3, 2]
