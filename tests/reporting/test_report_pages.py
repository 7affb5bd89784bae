"""The pages of reports: who sees what, what two authors see, what a text can become, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kimwerk.access.walls import set_actor
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportBuild, ReportSection
from kimwerk.reporting.outlines import OUTLINES
from kimwerk.reporting.services.placing import remove_figure
from kimwerk.reporting.services.sections import remove_section
from kimwerk.reporting.types import BuildState, ReportTemplate
from tests.cast import Cast
from tests.reporting.reporters import a_diary, begin, built, figures_in, released, section_of

SignIn = Callable[[str], Client]
FRAGMENT: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
KINDS_OF_FILES = ("html", "pdf", "docx", "xlsx", "json")
EVIL = "</textarea><script>alert(1)</script>"


@pytest.fixture
def report(cast: Cast) -> Report:
    a_diary(cast)
    return begin(cast)


def address(name: str, *args: object) -> str:
    return reverse(f"reporting:{name}", args=args)


def placed_as(report: Report, key: str) -> PlacedFigure:
    return next(each for each in figures_in(report) if each.key == key)


def page(client: Client, name: str, *args: object, **options: Any) -> str:
    response = client.get(address(name, *args), **options)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def pages_of(report: Report, build: ReportBuild) -> list[tuple[str, str]]:
    """Every door of one report, with the method that opens it."""
    section, figure = section_of(report, "background"), figures_in(report)[0]
    return [
        ("get", address("report", report.pk)),
        ("get", address("report_facts", report.pk)),
        ("get", address("report_preview", report.pk)),
        ("post", address("build_order", report.pk)),
        ("get", address("build_state", report.pk)),
        ("post", address("build_cancel", report.pk)),
        ("get", address("release", report.pk)),
        ("post", address("release", report.pk)),
        *(("get", address("build_file", build.pk, kind)) for kind in KINDS_OF_FILES),
        ("get", address("section_new", report.pk)),
        ("get", address("section", section.pk)),
        ("get", address("section_edit", section.pk)),
        ("post", address("section_edit", section.pk)),
        ("get", address("section_after", section.pk)),
        ("post", address("section_move", section.pk, "down")),
        ("post", address("section_remove", section.pk)),
        ("post", address("section_restore", section.pk)),
        ("get", address("figure_new", section.pk)),
        ("get", address("figure_edit", figure.pk)),
        ("post", address("figure_move", figure.pk, "up")),
        ("post", address("figure_remove", figure.pk)),
        ("post", address("figure_restore", figure.pk)),
    ]


def test_a_report_is_begun_with_its_window(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("kim")
    asked = {
        "template": "evaluation", "title": "Bericht <i>2022</i>", "first_day": "2022-01-01", "last_day": "2022-04-21",
        "fte": "5,5", "organisation": cast.organisations["Rhein-Sieg-Kreis"],
    }  # fmt: skip
    response = client.post(address("report_new"), asked)
    set_actor(cast.accounts["kim"])
    begun = Report.objects.get()
    assert response["Location"] == address("report", begun.pk)
    assert begun.parameters == {"fte": "5.5"}
    assert "Bericht &lt;i&gt;2022&lt;/i&gt;" in page(client, "report", begun.pk)


def test_the_statistics_for_the_land_are_begun_under_their_own_title(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("kim")
    proposed = str(OUTLINES[ReportTemplate.EVALUATION].title)
    assert proposed in page(client, "report_new")
    client.post(
        address("report_new"),
        {"template": "land_statistics", "title": proposed, "first_day": "2022-01-01", "last_day": "2022-06-30",
         "fte": "", "organisation": cast.organisations["Rhein-Sieg-Kreis"]},
    )  # fmt: skip
    set_actor(cast.accounts["kim"])
    begun = Report.objects.get()
    assert begun.template == "land_statistics"
    assert begun.title == str(OUTLINES[ReportTemplate.LAND_STATISTICS].title)
    assert "Maßnahmen nach Arten des Landes" in page(client, "report", begun.pk)


def test_a_figure_crossed_with_three_dimensions_is_shown_as_a_table(report: Report, sign_in: SignIn) -> None:
    figure = placed_as(report, "activities_by_kind")
    client, url = sign_in("kim"), address("figure_edit", figure.pk)
    form = {"first": "month", "second": "kind", "third": "channel", "chart": "automatic"}
    client.post(url, form | {"caption": "", "first_day": "", "last_day": ""})
    assert PlacedFigure.objects.get(pk=figure.pk).by == ["month", "kind", "channel"]
    shown = page(client, "report", report.pk)
    section = shown[shown.index(f'id="figure-{figure.pk}"') :]
    assert "<svg" not in section[: section.index("</figure>")].split("<details")[0]
    assert page(client, "figure_edit", figure.pk).count("selected") >= 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": "2021-12-31"}, "Der letzte Tag liegt vor dem ersten."),
        ({"first_day": "1999-12-31"}, "frühestens im Jahr 2000"),
        ({"last_day": "9999-12-31"}, "mehr als ein Jahr voraus"),
        ({"last_day": "31.02.2022"}, "gültiges Datum"),
        ({"fte": "1.5"}, "Schreiben Sie zum Beispiel 6 oder 5,5."),
        ({"fte": "-1"}, "größer als 0"),
        ({"fte": "0"}, "größer als 0"),
        ({"title": ""}, "zwingend erforderlich"),
        ({"organisation": "0"}, "gültige Auswahl"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_place_and_nothing_is_begun(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], said: str
) -> None:
    asked = {
        "template": "evaluation", "title": "Bericht", "first_day": "2022-01-01", "last_day": "2022-04-21", "fte": "6",
        "organisation": str(cast.organisations["Rhein-Sieg-Kreis"]),
    }  # fmt: skip
    response = sign_in("kim").post(address("report_new"), asked | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    set_actor(cast.accounts["kim"])
    assert not Report.objects.exists()


def test_nobody_begins_a_report_for_another_organisation(cast: Cast, sign_in: SignIn) -> None:
    asked = {
        "title": "x",
        "first_day": "2022-01-01",
        "last_day": "2022-02-01",
        "organisation": cast.organisations["Kreis Kleve"],
    }
    assert sign_in("kim").post(address("report_new"), asked).status_code == 422


def write(client: Client, section: ReportSection, text: str, *, version: int = 1, **options: Any) -> Any:
    data = {"heading": section.heading, "level": section.level, "text": text, "version": version}
    return client.post(address("section_edit", section.pk), data, **options)


def test_a_section_is_written_in_place(report: Report, sign_in: SignIn) -> None:
    section, client = section_of(report, "background"), sign_in("kim")
    assert "<form" in page(client, "section_edit", section.pk, **FRAGMENT)
    response = write(client, section, "Erster Absatz.\n\n- ein Punkt", **FRAGMENT)
    shown = response.content.decode()
    assert "<p>Erster Absatz.</p>" in shown
    assert "<li>ein Punkt</li>" in shown
    assert 'id="report-contents"' in shown
    assert 'hx-swap-oob="true"' in shown
    assert "draftSaved" in response["HX-Trigger"]


def test_a_section_is_written_without_scripts_too(report: Report, sign_in: SignIn) -> None:
    section, client = section_of(report, "background"), sign_in("kim")
    assert "<html" in page(client, "section_edit", section.pk)
    response = write(client, section, "Erster Absatz.")
    assert response["Location"] == address("report", report.pk) + f"#section-{section.pk}"


def test_only_a_form_in_its_place_gives_way_to_the_section(report: Report, sign_in: SignIn) -> None:
    section, client = section_of(report, "background"), sign_in("kim")
    gives_way = f'hx-target="#section-{section.pk}"'
    assert gives_way in page(client, "section_edit", section.pk, **FRAGMENT)
    assert gives_way not in page(client, "section_edit", section.pk), "around it stands the page of the form"


@pytest.mark.parametrize("options", [{}, FRAGMENT])
def test_of_two_authors_the_second_sees_both_texts_and_can_go_on(
    report: Report, sign_in: SignIn, options: dict[str, Any]
) -> None:
    section = section_of(report, "background")
    write(sign_in("kim"), section, "Kims Text.")
    lena = sign_in("lena")
    response = write(lena, section, "Lenas Text.", **options)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "inzwischen von jemand anderem geändert" in shown
    assert "<p>Kims Text.</p>" in shown
    assert "Lenas Text.</textarea>" in shown
    assert 'name="version" value="2"' in shown
    assert write(lena, section, "Beider Text.", version=2, **options).status_code in {200, 302}


def test_nothing_that_is_written_becomes_markup(report: Report, cast: Cast, sign_in: SignIn) -> None:
    section, client = section_of(report, "background"), sign_in("kim")
    data = {"heading": EVIL, "level": 1, "text": f"{EVIL}\n\n- {EVIL}", "version": 1}
    client.post(address("section_edit", section.pk), data)
    set_actor(cast.accounts["kim"])
    placed = figures_in(report)[0]
    placed.caption = EVIL
    placed.save()
    build = built(cast, report)
    for shown in (
        page(client, "report", report.pk),
        page(client, "section_edit", section.pk),
        page(client, "report_preview", report.pk),
        page(client, "figure_edit", placed.pk),
        bytes(build.html or b"").decode(),
    ):
        assert "<script>alert" not in shown


@pytest.mark.parametrize("kind", ["section", "figure"])
def test_what_is_removed_can_be_brought_back_from_the_notice(report: Report, sign_in: SignIn, kind: str) -> None:
    client = sign_in("kim")
    pk = section_of(report, "services").pk if kind == "section" else figures_in(report)[0].pk
    shown = client.post(address(f"{kind}_remove", pk), follow=True).content.decode()
    assert f'id="{kind}-{pk}"' not in shown
    assert address(f"{kind}_restore", pk) in shown
    assert f'id="{kind}-{pk}"' in client.post(address(f"{kind}_restore", pk), follow=True).content.decode()


def test_sections_and_figures_move_by_buttons(report: Report, sign_in: SignIn) -> None:
    client, course = sign_in("kim"), section_of(report, "course")
    first, second = PlacedFigure.objects.filter(section=course).kept()
    client.post(address("figure_move", second.pk, "up"))
    client.post(address("section_move", section_of(report, "background").pk, "down"))
    shown = page(client, "report", report.pk)
    assert shown.index(f'id="figure-{second.pk}"') < shown.index(f'id="figure-{first.pk}"')
    assert shown.index("<h2") < shown.index('<span class="report-number">1</span> Ablauf und Methodik')
    assert client.post(address("section_move", course.pk, "sideways")).status_code == 404


def test_a_figure_is_chosen_shown_and_placed(report: Report, sign_in: SignIn) -> None:
    client, section = sign_in("kim"), section_of(report, "background")
    url = address("figure_new", section.pk)
    assert "?figure=activities_by_kind" in client.get(url).content.decode()
    assert client.get(url, {"figure": "moonlight"}).status_code == 404
    form = {"first": "month", "second": "", "chart": "line", "caption": "", "first_day": "", "last_day": ""}
    preview = client.post(
        f"{url}?figure=activities", form | {"preview": "1"}, HTTP_HX_TARGET="figure-preview", **FRAGMENT
    )
    assert "<svg" in preview.content.decode()
    assert not PlacedFigure.objects.filter(section=section).exists()
    client.post(f"{url}?figure=activities", form)
    placed = PlacedFigure.objects.get(section=section)
    assert (placed.key, placed.by, placed.chart, placed.window) == ("activities", ["month"], "line", None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first": "month", "second": "month"}, "Wählen Sie ein anderes Merkmal"),
        ({"first": "month", "second": "kind", "third": "kind"}, "Wählen Sie ein anderes Merkmal"),
        ({"first": "month", "second": "kind", "third": "channel", "chart": "stacked"}, "passt nicht zu dieser"),
        ({"first": "staff"}, "gültige Auswahl"),
        ({"first": "kind", "chart": "line"}, "passt nicht zu dieser Aufgliederung"),
        ({"chart": "pie"}, "gültige Auswahl"),
        ({"first_day": "2022-01-01"}, "Geben Sie beide Tage an oder keinen."),
        ({"first_day": "2022-02-01", "last_day": "2022-01-01"}, "vor dem ersten"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused_at_its_place(
    report: Report, sign_in: SignIn, changes: dict[str, str], said: str
) -> None:
    form = {"first": "", "second": "", "chart": "automatic", "caption": "", "first_day": "", "last_day": ""} | changes
    response = sign_in("kim").post(address("figure_edit", placed_as(report, "activities_by_kind").pk), form)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_differing_windows_are_told_on_the_page_and_on_top(report: Report, sign_in: SignIn) -> None:
    client = sign_in("kim")
    placed = PlacedFigure.objects.get(section=section_of(report, "participants"), key="participants")
    form = {
        "first": "sort",
        "second": "",
        "chart": "automatic",
        "caption": "",
        "first_day": "2022-02-01",
        "last_day": "2022-04-21",
    }
    client.post(address("figure_edit", placed.pk), form)
    shown = page(client, "report", report.pk)
    assert shown.count("im selben Abschnitt zählt über einen anderen Zeitraum") == 4  # at both figures, and in the list


def test_a_large_report_is_made_in_the_worker_and_followed(report: Report, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("kim")
    client.post(address("build_order", report.pk))
    job = ProcrastinateJob.objects.get(task_name="reporting.build_report")
    set_actor(cast.accounts["kim"])
    build = ReportBuild.objects.get()
    assert job.args == {"build_id": build.pk, "account_id": cast.accounts["kim"]}
    waiting = page(client, "build_state", report.pk, **FRAGMENT)
    assert "wartet, bis er an der Reihe ist" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    again = client.post(address("build_order", report.pk), follow=True).content.decode()
    assert "wird gerade schon erstellt" in again
    client.post(address("build_cancel", report.pk))
    cancelled = page(client, "build_state", report.pk, **FRAGMENT)
    assert "abgebrochen" in cancelled
    assert "hx-trigger" not in cancelled


def test_a_small_report_is_made_at_once(report: Report, cast: Cast, sign_in: SignIn) -> None:
    for placed in figures_in(report)[3:]:
        remove_figure(actor=cast.actor("kim"), figure_placed=placed)
    client = sign_in("kim")
    client.post(address("build_order", report.pk))
    set_actor(cast.accounts["kim"])
    build = ReportBuild.objects.get()
    assert build.status is BuildState.DONE
    assert address("build_file", build.pk, "pdf") in page(client, "report", report.pk)


def test_a_release_is_confirmed_and_what_was_read_is_released(report: Report, cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in("lena")
    assert "noch keinen Entwurf" in page(lena, "release", report.pk)
    set_actor(cast.accounts["kim"])
    remove_section(actor=cast.actor("kim"), section=section_of(report, "cost_sharing"))
    build = built(cast, report)
    assert "Diesen Entwurf als Ausgabe freigeben?" in page(lena, "release", report.pk)
    told = {"draft": build.pk, "label": "Für den Ausschuss"}
    assert lena.post(address("release", report.pk), told).status_code == 422
    response = lena.post(address("release", report.pk), told | {"reason": "Die Parameter 1 und 3 folgen."})
    set_actor(cast.accounts["lena"])
    edition = Edition.objects.get()
    assert response["Location"] == address("edition", edition.pk)
    assert edition.label == "Für den Ausschuss"


def test_releasing_an_outdated_draft_or_another_reports_draft_does_not_happen(
    report: Report, cast: Cast, sign_in: SignIn
) -> None:
    build, lena = built(cast, report), sign_in("lena")
    other = begin(cast, title="Anderer Bericht")
    told = {"draft": build.pk, "reason": "Die Parameter 1 und 3 folgen."}
    assert lena.post(address("release", other.pk), told).status_code == 404
    write(sign_in("kim"), section_of(report, "background"), "Neuer Satz.")
    shown = lena.post(address("release", report.pk), told, follow=True).content.decode()
    assert "wurde seit diesem Entwurf geändert" in shown
    set_actor(cast.accounts["lena"])
    assert not Edition.objects.exists()


def test_a_get_changes_nothing(report: Report, cast: Cast, sign_in: SignIn) -> None:
    build, client = built(cast, report), sign_in("kim")
    before = Report.objects.get(pk=report.pk).version
    for _method, url in pages_of(report, build):
        client.get(url)
    set_actor(cast.accounts["kim"])
    assert Report.objects.get(pk=report.pk).version == before
    assert ReportBuild.objects.count() == 1


def queries(client: Client, url: str) -> list[str]:
    client.get(url)  # the first visit of a day notes that somebody was there
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_texts_sections_and_editions_cost_no_further_queries(report: Report, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("kim")
    set_actor(cast.accounts["kim"])
    released(cast, report)
    before = queries(client, address("report", report.pk))
    set_actor(cast.accounts["kim"])
    ReportSection.objects.bulk_create(
        ReportSection(report=report, position=50 + place, heading=f"Anhang {place}", text="Text.")
        for place in range(20)
    )
    released(cast, report)
    assert len(queries(client, address("report", report.pk))) == len(before)


def test_the_list_costs_the_same_for_many_reports(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("kim")
    begin(cast)
    before = len(queries(client, address("reports")))
    for place in range(5):
        begin(cast, title=f"Bericht {place}")
    assert len(queries(client, address("reports"))) == before
