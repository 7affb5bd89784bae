"""The pages of figures: the question in the address, the answer within one's rights, the way to the rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.kernel.figures import WindowKind
from kimwerk.reporting.catalogue import figure as catalogue_figure
from kimwerk.reporting.catalogue import figures
from tests.activities.test_figures import entry
from tests.activities.worlds import write
from tests.cast import Cast

SignIn = Callable[[str], Client]
SPRING = "from=2022-01-01&to=2022-04-21"


def page(client: Client, key: str, query: str = SPRING) -> str:
    response = client.get(f"{reverse('reporting:figure', args=[key])}?{query}")
    assert response.status_code == 200
    text = response.content.decode()
    assert "!!undefined" not in text
    return text


def data(client: Client, key: str, query: str) -> dict[str, object]:
    response = client.get(f"{reverse('reporting:download', args=[key, 'json'])}?{query}")
    assert response.status_code == 200
    found: dict[str, object] = json.loads(response.content)
    return found


@pytest.fixture
def diary(cast: Cast) -> None:
    write(
        cast,
        [
            entry(topic=("wohnen",)),
            entry(staff="mehmet", channel="", municipality=""),
            entry(kind="verweisberatung", referral_target="mbe", minutes=None),
        ],
    )


def test_the_list_names_every_figure(cast: Cast, sign_in: SignIn) -> None:
    text = sign_in("frieda").get(reverse("reporting:figures")).content.decode()
    assert all(reverse("reporting:figure", args=[figure.key]) in text for figure in figures())


@pytest.mark.parametrize("key", [figure.key for figure in figures()])
def test_every_figure_has_its_page(cast: Cast, diary: None, sign_in: SignIn, key: str) -> None:
    text = page(sign_in("karin"), key)
    is_stock = catalogue_figure(key).window_kind is WindowKind.REFERENCE_DATE
    assert ("Stichtag 21.04.2022" if is_stock else "01.01.2022 bis 21.04.2022") in text
    assert 'id="answer"' in text


@pytest.mark.parametrize("name", ["anton", "fiona"])
def test_a_figure_has_its_page_for_whoever_may_count_little_of_it(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    for figure in figures():
        assert client.get(reverse("reporting:figure", args=[figure.key])).status_code == 200, figure.key


def test_the_address_says_window_breakdown_and_filter(cast: Cast, diary: None, sign_in: SignIn) -> None:
    client = sign_in("kim")
    assert data(client, "activities", f"{SPRING}&by=channel")["total"] == 3
    assert data(client, "activities", f"{SPRING}&channel=-")["total"] == 1
    assert data(client, "activities", f"{SPRING}&topic=wohnen&by=")["total"] == 1
    assert data(client, "activities", "from=2022-03-08&to=2022-03-08")["total"] == 0
    assert data(client, "activities", "from=2022-03-07&to=2022-03-07")["total"] == 3


def test_a_window_that_ends_before_it_begins_is_named_at_its_field_and_in_the_answer(
    cast: Cast, sign_in: SignIn
) -> None:
    text = page(sign_in("kim"), "activities", "from=2022-04-21&to=2022-01-01")
    assert text.count("Der letzte Tag liegt vor dem ersten") >= 2
    assert "rep-total" not in text


@pytest.mark.parametrize("fte", ["x", "0", "-1", "1.5", "9" * 12])
def test_posts_must_be_a_number_above_nothing(cast: Cast, sign_in: SignIn, fte: str) -> None:
    assert "rep-total" not in page(sign_in("kim"), "activities_per_fte_and_week", f"{SPRING}&fte={fte}")


@pytest.mark.parametrize(
    "query",
    [
        "from=x&to=31.02.2022",
        "by=staff",
        "by=shoe_size",
        "kind=%27",
        "site=-1",
        "organisation=x",
        "to=9999-12-31",
        "from=9999-12-31",
    ],
)
def test_nonsense_in_the_address_breaks_nothing(cast: Cast, diary: None, sign_in: SignIn, query: str) -> None:
    page(sign_in("frieda"), "activities", query)


def test_numbers_lead_to_the_rows_for_those_who_may_read_them(cast: Cast, diary: None, sign_in: SignIn) -> None:
    list_url = reverse("activities:list")
    karin, frieda = (page(sign_in(who), "activities_by_kind") for who in ("karin", "frieda"))
    assert f'href="{list_url}?first=2022-01-01' in karin
    assert f'href="{list_url}?' not in frieda
    start = karin.index(f'href="{list_url}?first=') + 6
    query = parse_qs(urlsplit(karin[start : karin.index('"', start)].replace("&amp;", "&")).query)
    assert query["kind"] == [str(cast.categories["verweisberatung"])]
    assert query["last"] == ["2022-04-21"]


def test_only_who_may_read_the_diary_is_offered_names(cast: Cast, diary: None, sign_in: SignIn) -> None:
    assert 'value="staff"' in page(sign_in("karin"), "activities")
    assert 'value="staff"' not in page(sign_in("frieda"), "activities")
    assert "Mehmet Muster" not in page(sign_in("frieda"), "activities", f"{SPRING}&by=staff")
    assert "Mehmet Muster" in page(sign_in("karin"), "activities", f"{SPRING}&by=staff")


@pytest.mark.parametrize("who", ["stefan", "arno", "tina", "doris", "sam"])
@pytest.mark.parametrize("door", ["figures", "figure", "download"])
def test_who_may_not_read_figures_finds_no_page(cast: Cast, diary: None, sign_in: SignIn, who: str, door: str) -> None:
    arguments = {"figures": [], "figure": ["activities"], "download": ["activities", "csv"]}[door]
    assert sign_in(who).get(reverse(f"reporting:{door}", args=arguments)).status_code == 404


@pytest.mark.parametrize("stranger", ["klara", "tomasz"])
def test_a_stranger_counts_nothing_through_any_door(cast: Cast, diary: None, sign_in: SignIn, stranger: str) -> None:
    client = sign_in(stranger)
    ours = cast.organisations["Rhein-Sieg-Kreis"]
    for query in (SPRING, f"{SPRING}&organisation={ours}", f"{SPRING}&by=municipality&by2=kind"):
        assert data(client, "activities", query)["total"] == 0


def test_an_unknown_figure_does_not_exist(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("kim").get(reverse("reporting:figure", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("json", b"{")])
def test_the_table_can_be_taken_along(cast: Cast, diary: None, sign_in: SignIn, form: str, begins: bytes) -> None:
    response = sign_in("kim").get(reverse("reporting:download", args=["activities_by_kind", form]))
    assert response.content.startswith(begins)
    assert f'filename="activities_by_kind.{form}"' in response["Content-Disposition"]


def test_a_page_needs_a_constant_number_of_queries(
    cast: Cast, diary: None, sign_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = sign_in("karin")
    page(client, "activities_by_month_and_kind")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]  # a context manager
        page(client, "activities_by_month_and_kind", f"{SPRING}&by=municipality&by2=topic")


def test_a_wide_table_is_cut_and_says_so(
    cast: Cast, diary: None, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kimwerk.reporting.web.pages.MOST_CELLS", 2)
    text = page(sign_in("kim"), "activities_by_channel")
    assert "Gezeigt sind die ersten 1 von 2 Zeilen" in text


def test_cells_lead_to_the_rows_of_whoever_may_list_them_and_nobody_else(diary: None, sign_in: SignIn) -> None:
    link = f'<a href="{reverse("activities:list")}?'
    assert link in page(sign_in("karin"), "activities", f"{SPRING}&by=channel")
    assert link not in page(sign_in("lena"), "activities", f"{SPRING}&by=channel")


@pytest.mark.parametrize("address", ["figure", "explorer"])
def test_a_window_in_which_nothing_was_counted_is_not_called_too_large(
    cast: Cast, diary: None, sign_in: SignIn, address: str
) -> None:
    asked = "from=2021-03-01&to=2021-03-31&by=kind"
    client = sign_in("kim")
    explored = f"{reverse('reporting:explorer')}?figure=activities&{asked}"
    text = page(client, "activities", asked) if address == "figure" else client.get(explored).content.decode()
    assert "In diesem Zeitraum gibt es nichts zu zählen." in text
    assert "zu viele Werte" not in text
    assert "<table" not in text
