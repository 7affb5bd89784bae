"""Who reads a report, its drafts and its editions, and what a paper may do in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from kimwerk.access.walls import set_actor
from kimwerk.reporting.models import Edition, Report, ReportBuild
from tests.cast import Cast
from tests.made_once import MakeOnce
from tests.reporting.reporters import a_released_edition, section_of
from tests.reporting.test_report_pages import KINDS_OF_FILES, address, page, pages_of

SignIn = Callable[[str], Client]


@pytest.fixture(scope="module", autouse=True)
def released_once(make_once: MakeOnce) -> int:
    return make_once(a_released_edition)


@pytest.fixture
def edition(released_once: int, cast: Cast) -> Edition:
    set_actor(cast.accounts["kim"])
    return Edition.objects.select_related("report").get(pk=released_once)


@pytest.fixture
def report(edition: Edition) -> Report:
    return edition.report


def draft_of(report: Report) -> ReportBuild:
    return ReportBuild.objects.get(report=report)


@pytest.mark.parametrize("who", ["stefan", "klara", "klaus", "tomasz", "sam", "doris", "arno", "tina"])
def test_a_draft_does_not_exist_for_strangers_and_the_steering_group(report: Report, sign_in: SignIn, who: str) -> None:
    doors = pages_of(report, draft_of(report))
    client = sign_in(who)
    assert [(url, getattr(client, method)(url).status_code) for method, url in doors] == [
        (url, 404) for _method, url in doors
    ]


def test_readers_find_the_report_without_tools(report: Report, sign_in: SignIn) -> None:
    doors = pages_of(report, draft_of(report))
    open_to_readers = {
        address("report", report.pk),
        address("report_preview", report.pk),
        address("build_state", report.pk),
    }
    client = sign_in("frieda")
    for method, url in doors:
        status = getattr(client, method)(url).status_code
        is_open = url in open_to_readers or "/entwuerfe/" in url
        is_back = url.endswith(f"/abschnitte/{section_of(report, 'background').pk}/")
        assert status == (200 if is_open else 302 if is_back else 404), url
    shown = page(client, "report", report.pk)
    assert "Maßnahmen nach Art" in shown
    assert "bearbeiten/" not in shown
    assert "Bericht erstellen" not in shown
    assert "Was hierher gehört" not in shown


@pytest.mark.parametrize("who", ["frieda", "fiona", "karin", "kim", "lena", "stefan", "anton"])
def test_the_list_shows_what_is_for_each(report: Report, sign_in: SignIn, who: str) -> None:
    shown = page(sign_in(who), "reports")
    assert "Freigegebene Ausgaben" in shown
    assert (address("report", report.pk) in shown) == (who != "stefan")
    assert (address("report_new") in shown) == (who in {"karin", "kim", "lena"})


@pytest.mark.parametrize("who", ["klara", "tomasz", "sam", "doris"])
def test_an_edition_does_not_exist_for_strangers(edition: Edition, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    for url in (
        address("edition", edition.pk),
        *(address("edition_file", edition.pk, kind) for kind in KINDS_OF_FILES),
    ):
        assert client.get(url).status_code == 404


def test_the_steering_group_reads_an_edition_with_all_its_files(edition: Edition, sign_in: SignIn) -> None:
    client = sign_in("stefan")
    shown = page(client, "edition", edition.pk)
    assert edition.content_hash in shown
    assert "unverändert" in shown
    for kind, begins in (("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("json", b"{")):
        response = client.get(address("edition_file", edition.pk, kind))
        assert response.content.strip().startswith(begins)
        assert response["Content-Disposition"].startswith('attachment; filename="erstevaluation-ausgabe-1.')
    assert client.get(address("edition_file", edition.pk, "exe")).status_code == 404


def test_a_paper_read_in_the_browser_can_load_and_run_nothing(edition: Edition, sign_in: SignIn) -> None:
    report = edition.report
    for url in (address("edition_file", edition.pk, "html") + "?lesen", address("report_preview", report.pk)):
        response = sign_in("kim").get(url)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe-inline" not in policy
        assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", policy)
