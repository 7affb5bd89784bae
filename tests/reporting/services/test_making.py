"""Making a report's files and releasing editions."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from openpyxl import load_workbook

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.models import Edition, Report, ReportBuild
from kimwerk.reporting.papers import Papers
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.selectors.reports import (
    PATIENCE,
    editions_for,
    editions_of,
    file_of_build,
    file_of_edition,
    is_stuck,
    last_build,
    reports_for,
)
from kimwerk.reporting.services import builds
from kimwerk.reporting.services.builds import cancel_build, is_small, order_build, run_build
from kimwerk.reporting.services.editions import is_as_released, release_edition
from kimwerk.reporting.services.placing import place_figure, remove_figure
from kimwerk.reporting.services.refusals import BuildIsUnderWay, DraftIsOutdated, FiguresAreMissing
from kimwerk.reporting.services.sections import edit_section
from kimwerk.reporting.tasks import build_report
from kimwerk.reporting.types import BuildState, DownloadKind, FigureProblem
from tests.activities.diary import stands
from tests.cast import Cast, as_owner
from tests.reporting.pdf_reading import read_structure, read_text
from tests.reporting.reporters import AFTER_THE_FORM, a_diary, begin, built, figures_in, released, section_of

Act = Callable[[Actor], Actor]
WHY = "Die Parameter 1 und 3 folgen."


@pytest.fixture
def report(cast: Cast) -> Report:
    a_diary(cast)
    return begin(cast)


def totals(build: ReportBuild) -> dict[str, object]:
    content = thawed(as_content_json(build.content or {}))
    return {figure.title: figure.total for figure in content.figures}


def test_the_report_counts_its_organisation_and_its_window(report: Report, cast: Cast) -> None:
    stands(cast, "frieda", day=date(2022, 4, 22))  # the day after the window
    counted = totals(built(cast, report))
    assert counted["Maßnahmen nach Art"] == 7
    assert counted["Beteiligte"] == 17
    assert counted["Verweisberatungen nach Ziel"] == 2
    assert counted["Aufgewendete Zeit"] == 150
    assert counted["Maßnahmen mit erfasster Zeit"] == 5


def test_what_is_not_recorded_stands_in_a_row_of_its_own(report: Report, cast: Cast) -> None:
    content = thawed(as_content_json(built(cast, report).content or {}))
    channels = next(figure for figure in content.figures if figure.key == "activities_by_channel")
    assert channels.answer.counted.cells == {("vor-ort",): 6, ("",): 1}
    assert [member.label for member in channels.axes[0].members] == ["vor Ort", "nicht erfasst"]


def test_both_papers_and_the_figures_hold_the_same_numbers(report: Report, cast: Cast) -> None:
    build = built(cast, report)
    html = (file_of_build(build, DownloadKind.HTML) or b"").decode()
    assert "Anteile beziehen sich auf alle 7 Maßnahmen." in html
    assert "Entwurf" in html
    assert (file_of_build(build, DownloadKind.PDF) or b"").startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(file_of_build(build, DownloadKind.DOCX) or b"")) as archive:
        assert "Anteile beziehen sich auf alle 7 Maßnahmen." in archive.read("word/document.xml").decode()
    book = load_workbook(io.BytesIO(file_of_build(build, DownloadKind.TABLES) or b""))
    assert 7 in [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    figures = json.loads(file_of_build(build, DownloadKind.FIGURES) or b"")["figures"]
    assert len(figures) == len(figures_in(report))
    assert all(len(figure["hash"]) == 64 for figure in figures)


def test_a_build_says_how_far_it_is(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    steps = [ReportBuild.objects.get(pk=build.pk).state]
    real = builds._advance

    def seen(actor: Actor, build_id: int, state: BuildState) -> bool:
        steps.append(ReportBuild.objects.get(pk=build_id).state)
        return real(actor, build_id, state)

    monkeypatch.setattr(builds, "_advance", seen)
    run_build(actor=kim, build_id=build.pk)
    done = ReportBuild.objects.get(pk=build.pk)
    assert [*steps, done.state] == ["ordered", "counting", "drawing", "done"]
    assert done.started_at
    assert done.finished_at
    assert last_build(kim, report) == done


def test_the_worker_acts_as_whoever_ordered(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    set_actor(None)
    build_report(build_id=build.pk, account_id=cast.accounts["kim"])
    set_actor(kim.account_id)
    assert ReportBuild.objects.get(pk=build.pk).status is BuildState.DONE


@pytest.mark.parametrize("who", ["klara", "stefan", "sam"])
def test_a_job_in_the_name_of_a_stranger_makes_nothing(report: Report, cast: Cast, who: str) -> None:
    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    build_report(build_id=build.pk, account_id=cast.accounts[who])
    set_actor(kim.account_id)
    assert ReportBuild.objects.get(pk=build.pk).status is BuildState.ORDERED


def test_a_job_of_an_account_that_is_gone_makes_nothing(report: Report, cast: Cast) -> None:
    build = order_build(actor=cast.actor("kim"), report=report)
    build_report(build_id=build.pk, account_id=10**9)
    assert ReportBuild.objects.get(pk=build.pk).status is BuildState.ORDERED


def test_files_are_ordered_once_at_a_time(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    order_build(actor=kim, report=report)
    with pytest.raises(BuildIsUnderWay):
        order_build(actor=kim, report=report)


def test_files_that_nobody_makes_any_more_can_be_ordered_again(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    stuck = order_build(actor=kim, report=report)
    ReportBuild.objects.filter(pk=stuck.pk).update(ordered_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    assert is_stuck(ReportBuild.objects.get(pk=stuck.pk))
    assert order_build(actor=kim, report=report).pk != stuck.pk


def test_a_build_is_made_once(report: Report, cast: Cast) -> None:
    build = built(cast, report)
    run_build(actor=cast.actor("kim"), build_id=build.pk)
    again = ReportBuild.objects.get(pk=build.pk)
    assert again.finished_at == build.finished_at


def test_a_cancelled_build_is_not_made(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    cancel_build(actor=kim, build=build)
    run_build(actor=kim, build_id=build.pk)
    cancelled = ReportBuild.objects.get(pk=build.pk)
    assert (cancelled.status, cancelled.html) == (BuildState.CANCELLED, None)


def test_a_build_cancelled_in_the_middle_leaves_no_files(
    report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    real = builds.render_html

    def cancelled_meanwhile(document: object) -> str:
        cancel_build(actor=kim, build=build)
        return real(document)  # type: ignore[arg-type]  # the document that the real one takes

    monkeypatch.setattr(builds, "render_html", cancelled_meanwhile)
    run_build(actor=kim, build_id=build.pk)
    after = ReportBuild.objects.get(pk=build.pk)
    assert (after.status, after.html, after.content) == (BuildState.CANCELLED, None, None)


def test_a_build_that_breaks_says_so_and_raises(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_content: object, _document: object) -> Papers:
        raise RuntimeError("no paper left")

    kim = cast.actor("kim")
    build = order_build(actor=kim, report=report)
    monkeypatch.setattr(builds, "papers_of", broken)
    with pytest.raises(RuntimeError, match="no paper left"):
        run_build(actor=kim, build_id=build.pk)
    assert ReportBuild.objects.get(pk=build.pk).status is BuildState.FAILED
    assert order_build(actor=kim, report=report)


def test_only_the_last_drafts_are_kept(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "papers_of", lambda _content, _document: Papers(b"%PDF-", b"PK", b"PK"))
    made = [built(cast, report).pk for _each in range(5)]
    assert set(ReportBuild.objects.values_list("pk", flat=True)) == set(made[-3:])


def test_a_report_with_few_figures_is_small(report: Report, cast: Cast) -> None:
    assert not is_small(report)
    for placed in figures_in(report)[4:]:
        remove_figure(actor=cast.actor("kim"), figure_placed=placed)
    assert is_small(report)


@pytest.mark.parametrize("who", ["frieda", "stefan", "klara"])
def test_readers_order_and_cancel_nothing(report: Report, cast: Cast, act_as: Act, who: str) -> None:
    build = order_build(actor=cast.actor("kim"), report=report)
    actor = act_as(cast.actor(who))
    with pytest.raises(PermissionDenied):
        order_build(actor=actor, report=report)
    with pytest.raises(PermissionDenied):
        cancel_build(actor=actor, build=build)


def test_an_edition_is_frozen_with_definitions_numbers_and_hash(report: Report, cast: Cast) -> None:
    edition = released(cast, report)
    before = bytes(edition.html), bytes(edition.pdf), edition.content
    with as_owner():
        Activity.objects.all().delete()
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    edit_section(actor=kim, section=section_of(report, "background"), version=1, heading="Neu", level=1, text="Neu.")
    kept = Edition.objects.get()
    assert (bytes(kept.html), bytes(kept.pdf), kept.content) == before
    assert is_as_released(kept)
    assert kept.content_hash in bytes(kept.html).decode()
    figures = json.loads(file_of_edition(kept, DownloadKind.FIGURES) or b"")
    assert (figures["edition"], figures["content_hash"]) == (1, kept.content_hash)
    assert figures["figures"][0]["definition"]["counts"]


def test_the_released_pdf_names_its_edition_and_is_accessible(report: Report, cast: Cast) -> None:
    edition = released(cast, report)
    with pikepdf.open(io.BytesIO(bytes(edition.pdf))) as pdf:
        text, structure = read_text(pdf), read_structure(pdf)
        described = pdf.open_metadata().get("pdf:Keywords", "")
    assert edition.content_hash in described
    assert "Freigegebene Ausgabe 1" in text
    assert "Dies ist ein Entwurf" not in text
    assert all(figure.alt for figure in structure.all("Figure"))
    assert any(head.attributes.get("/Scope") == "/Row" for head in structure.all("TH"))


def test_what_is_released_is_what_could_be_read_not_what_is_true_meanwhile(report: Report, cast: Cast) -> None:
    draft = built(cast, report)
    stands(cast, "frieda", count=5)
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    edition = release_edition(actor=lena, build=draft, reason=WHY)
    assert edition.content == draft.content


def test_a_report_changed_since_its_draft_is_not_released(report: Report, cast: Cast) -> None:
    draft, kim = built(cast, report), cast.actor("kim")
    remove_figure(actor=kim, figure_placed=figures_in(report)[0])
    with pytest.raises(DraftIsOutdated):
        release_edition(actor=kim, build=draft)


def test_a_draft_that_is_not_done_is_not_released(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    with pytest.raises(DraftIsOutdated):
        release_edition(actor=kim, build=order_build(actor=kim, report=report))


def test_a_figure_without_numbers_forbids_release(report: Report, cast: Cast) -> None:
    placed = figures_in(report)[0]
    placed.by = ["staff"]  # which the coordination of the programme may not tell apart
    placed.save()
    draft = built(cast, report)
    first = thawed(as_content_json(draft.content or {})).figures[0]
    assert first.problem is FigureProblem.UNKNOWN_DIMENSION
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    with pytest.raises(FiguresAreMissing):
        release_edition(actor=lena, build=draft)


@pytest.mark.parametrize("who", ["karin", "frieda", "stefan", "klara"])
def test_releasing_is_for_coordination_and_leadership(report: Report, cast: Cast, act_as: Act, who: str) -> None:
    draft = built(cast, report)
    with pytest.raises(PermissionDenied):
        release_edition(actor=act_as(cast.actor(who)), build=draft)


def test_editions_are_numbered_and_all_stay(report: Report, cast: Cast) -> None:
    first, second = released(cast, report), released(cast, report)
    assert (first.number, second.number) == (1, 2)
    kim = cast.actor("kim")
    assert [each.pk for each in editions_of(kim, report)] == [second.pk, first.pk]
    (line,) = reports_for(kim)
    assert line.edition == second


def test_members_of_the_steering_group_read_editions_and_no_drafts(report: Report, cast: Cast, act_as: Act) -> None:
    edition = released(cast, report)
    stefan = act_as(cast.actor("stefan"))
    assert reports_for(stefan) == ()
    assert [each.pk for each in editions_for(stefan)] == [edition.pk]


def test_an_own_window_is_counted_and_flagged(report: Report, cast: Cast) -> None:
    kim = cast.actor("kim")
    participants = section_of(report, "participants")
    place_figure(actor=kim, section=participants, planned=PlannedFigure("activities", (), AFTER_THE_FORM))
    build = built(cast, report)
    assert totals(build)["Maßnahmen"] == 6  # without the one in January
    html = (file_of_build(build, DownloadKind.HTML) or b"").decode()
    assert "im selben Abschnitt zählt über einen anderen Zeitraum (01.02.2022 bis 21.04.2022)" in html
