"""The report that everybody may read: its texts, and of its numbers those that are published."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.walls import set_actor
from kimwerk.kernel.periods import Period
from kimwerk.reporting.models import Edition, Publication, PublicPaper, Report
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.providing import ReleasedEditions
from kimwerk.reporting.public.tables import Unpublished
from kimwerk.reporting.selectors.publications import tables_of
from kimwerk.reporting.services.placing import place_figure, remove_figure
from kimwerk.reporting.services.publishing import run_publication, withdraw_publication
from kimwerk.reporting.services.reports import change_report
from kimwerk.reporting.services.sections import edit_section
from kimwerk.reporting.types import PublicationState
from tests.activities.diary import stands
from tests.cast import Cast
from tests.reporting.pdf_reading import read_text
from tests.reporting.reporters import figures_in, released, section_of
from tests.reporting.services.test_publishing import published, short_report

APRIL = Period.of_days(date(2022, 1, 1), date(2022, 4, 30))
FORMS = ("html", "pdf", "docx", "xlsx")


@pytest.fixture
def report(cast: Cast) -> Report:
    """Two referral consultations beside many activities."""
    stands(cast, "frieda", count=40)
    stands(cast, "mehmet", count=2, day=date(2022, 4, 20), kind_id=cast.categories["verweisberatung"])
    stands(cast, "mehmet", count=9, day=date(2022, 4, 20), kind_id=cast.categories["arbeitskreis"])
    return short_report(cast)


def write(cast: Cast, report: Report, text: str) -> None:
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    section = section_of(report, "services")
    edit_section(
        actor=kim, section=section, version=section.version, heading=section.heading, level=section.level, text=text
    )


def texts_of(found: Publication) -> dict[str, str]:
    """What each form of the report says to somebody who only reads on."""
    client = Client()
    said = {}
    for form in FORMS:
        response = client.get(reverse("public:report", args=[found.slug, form]))
        assert response.status_code == 200, form
        assert "Set-Cookie" not in response
        said[form] = text_of(form, response.content)
    return said


def text_of(form: str, content: bytes) -> str:
    if form == "html":
        return re.sub(r"<style>.*?</style>|<[^>]+>", " ", content.decode(), flags=re.DOTALL)
    if form == "pdf":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return read_text(pdf)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        wanted = [name for name in parts.namelist() if re.search(r"document\.xml|sheet\d+\.xml|sharedStrings", name)]
        return " ".join(re.sub(r"<[^>]+>", " ", parts.read(name).decode()) for name in wanted)


def test_no_form_tells_a_number_that_is_not_published(cast: Cast, report: Report) -> None:
    edition = released(cast, report)
    found = published(cast, edition)
    assert found.suppressed == 2
    said = texts_of(found)
    for form in ("html", "pdf", "docx"):
        words = " ".join(said[form].split())
        assert "Bericht für die Öffentlichkeit" in words, form
        assert re.search(r"Verweisberatung\s*–\s*–", words), form
        assert "40" in words
        assert edition.content_hash[:12] not in words, "who knows all other numbers could try which hash they make"
    numbers = re.findall(r"(?<![\d.,])\d+(?![\d.,])", said["xlsx"])
    assert "40" in numbers


def test_the_report_inside_says_that_it_is_for_official_use(cast: Cast, report: Report) -> None:
    edition = released(cast, report)
    inside = text_of("html", bytes(edition.html))
    assert "Für den Dienstgebrauch" in inside
    assert "Für den Dienstgebrauch" not in texts_of(published(cast, edition))["html"]


def test_the_sums_that_would_tell_it_are_gone_too(cast: Cast, report: Report) -> None:
    found = published(cast, released(cast, report))
    html = Client().get(reverse("public:report", args=[found.slug, "html"])).content.decode()
    table = re.search(r"<table.*?Verweisberatung.*?</table>", html, re.DOTALL)
    assert table
    told = [int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", table[0])]
    assert 2 not in told
    assert told.count(51) == 1, "the sum stays, because two of its parts are hidden"
    assert 9 not in told


def test_a_figure_that_is_not_published_says_why(cast: Cast, report: Report) -> None:
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    place_figure(actor=kim, section=section_of(report, "services"), planned=PlannedFigure("activities", ("week",)))
    said = texts_of(published(cast, released(cast, report)))
    for form in ("html", "pdf", "docx"):
        assert "Nicht veröffentlicht: Wochen und Tage sind zu fein." in " ".join(said[form].split()), form


@pytest.mark.parametrize("text", ["Es waren 2 Maßnahmen.", "Das sind 3,9 % von allen."])
def test_a_text_that_names_a_hidden_number_keeps_the_report_back(
    cast: Cast, report: Report, text: str, sign_in: Callable[[str], Client]
) -> None:
    write(cast, report, text)
    found = published(cast, released(cast, report))
    assert found.status is PublicationState.PUBLIC, "the tables are public all the same"
    heading = section_of(report, "services").heading
    assert {"title": heading, "why": Unpublished.TOLD_BY_TEXT.value} in found.left_out
    assert not PublicPaper.objects.exists()
    client = Client()
    page = client.get(reverse("public:publication", args=[found.slug])).content.decode()
    assert "Der ganze Bericht" not in page
    assert text not in page
    assert heading not in page
    office = sign_in("lena").get(reverse("reporting:publication", args=[found.pk])).content.decode()
    assert "Der ganze Bericht ist nicht öffentlich" in office
    assert heading in office
    assert client.get(reverse("public:report", args=[found.slug, "pdf"])).status_code == 404


def test_what_another_section_prints_is_no_reason_to_name_it_where_it_is_hidden(cast: Cast, report: Report) -> None:
    """Nine are hidden among the kinds, for the sake of the two; nine by another question are printed elsewhere."""
    kim = cast.actor("kim")
    stands(cast, "frieda", count=9, municipality_id=cast.municipalities["Hennef (Sieg)"], site_id=None)
    set_actor(kim.account_id)
    _by_kind, by_municipality = figures_in(report)
    remove_figure(actor=kim, figure_placed=by_municipality)
    place_figure(
        actor=kim, section=section_of(report, "places"), planned=PlannedFigure("activities", ("municipality",))
    )
    write(cast, report, "Der Arbeitskreis kam auf 9 Maßnahmen.")
    found = published(cast, released(cast, report))
    printed = {cell["value"] for table in tables_of(found) for cell in table["cells"]}
    assert 9 in printed
    assert [each["why"] for each in found.left_out] == [Unpublished.TOLD_BY_TEXT.value]


def test_a_text_may_name_what_is_published(cast: Cast, report: Report) -> None:
    write(cast, report, "Von 51 Maßnahmen waren 40 Maßnahmen Gespräche (78,4 %).")
    found = published(cast, released(cast, report))
    page = Client().get(reverse("public:publication", args=[found.slug])).content.decode()
    assert "Der ganze Bericht" in page
    assert reverse("public:report", args=[found.slug, "docx"]) in page


def test_editions_are_compared_by_what_is_public_of_both(cast: Cast, report: Report) -> None:
    published(cast, released(cast, report))
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    stands(cast, "mehmet", count=30, day=date(2022, 4, 25), kind_id=cast.categories["arbeitskreis"])
    set_actor(kim.account_id)
    change_report(actor=kim, report=report, title="Evaluation", window=APRIL)
    second = released(cast, report)
    assert any(change["before"] == 2 for change in second.content["changes"]), "inside, all are compared"
    words = " ".join(texts_of(published(cast, second))["html"].split())
    compared = words[words.index("Vergleich mit der früheren Ausgabe") :]
    assert "51 81" in compared
    assert "Verweisberatung" not in compared
    assert Edition.objects.filter(content_hash__gt="").count() == 0, "nobody is named to the database any more"


def test_of_an_edition_that_is_not_public_nothing_is_compared(cast: Cast, report: Report) -> None:
    released(cast, report)
    stands(cast, "mehmet", count=30, day=date(2022, 4, 20), kind_id=cast.categories["arbeitskreis"])
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    change_report(actor=kim, report=report, title="Evaluation", window=APRIL)
    words = texts_of(published(cast, released(cast, report)))["html"]
    assert "Vergleich mit der früheren Ausgabe" not in words


def test_the_office_may_publish_the_tables_alone(cast: Cast, report: Report, sign_in: Callable[[str], Client]) -> None:
    edition = released(cast, report)
    lena = sign_in("lena")
    page = lena.get(reverse("reporting:publish", args=[edition.pk])).content.decode()
    assert re.search(r'name="with_report"[^>]*checked|checked[^>]*name="with_report"', page)
    assert lena.post(reverse("reporting:publish", args=[edition.pk]), {"threshold": "3"}).status_code == 302
    actor = cast.actor("lena")
    set_actor(actor.account_id)
    ordered = Publication.objects.get()
    assert not ordered.with_report
    run_publication(actor=actor, publication_id=ordered.pk)
    assert Publication.objects.get().status is PublicationState.PUBLIC
    assert not PublicPaper.objects.exists()


def test_a_committee_is_handed_the_report_for_the_public_once_there_is_one(cast: Cast, report: Report) -> None:
    edition, editions = released(cast, report), ReleasedEditions()
    lena, stefan = cast.actor("lena"), cast.actor("stefan")
    set_actor(lena.account_id)
    inside = editions.pdf(lena, edition.pk)
    assert inside == bytes(edition.pdf)
    found = published(cast, edition)
    set_actor(stefan.account_id)
    handed = editions.pdf(stefan, edition.pk)
    assert handed is not None
    assert handed == bytes(PublicPaper.objects.get(publication=found).pdf) != inside
    klara = cast.actor("klara")
    set_actor(klara.account_id)
    assert editions.pdf(klara, edition.pk) is None, "another county attaches its own"


def test_a_withdrawn_report_is_gone(cast: Cast, report: Report) -> None:
    found = published(cast, released(cast, report))
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    withdraw_publication(actor=lena, publication=found, reason="Falsche Kommune.")
    set_actor(None)
    assert not PublicPaper.objects.exists()
    assert Client().get(reverse("public:report", args=[found.slug, "html"])).status_code == 404
