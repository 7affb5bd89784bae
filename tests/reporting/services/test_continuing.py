"""The next edition: it carries on the one before, and says number by number what has changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kimwerk.access.walls import set_actor
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Content, Cover
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.models import Edition, Report
from kimwerk.reporting.services.continuing import continue_edition
from kimwerk.reporting.services.reports import change_report
from kimwerk.reporting.types import ChangeKind, Competence
from tests.activities.diary import stands
from tests.cast import Cast
from tests.made_once import MakeOnce
from tests.reporting.reporters import SPRING, a_released_edition, built, figures_in, released, section_of

SUMMER = Period.of_days(date(2022, 4, 22), date(2022, 8, 31))


@pytest.fixture(scope="module", autouse=True)
def released_once(make_once: MakeOnce) -> int:
    return make_once(a_released_edition)


@pytest.fixture
def edition(released_once: int, cast: Cast) -> Edition:
    set_actor(cast.accounts["lena"])
    return Edition.objects.get(pk=released_once)


def content_of(cast: Cast, report: Report) -> Content:
    return thawed(as_content_json(built(cast, report).content or {}))


def carry_on(cast: Cast, edition: Edition, who: str = "kim") -> Report:
    actor = cast.actor(who)
    set_actor(actor.account_id)
    return continue_edition(actor=actor, edition=edition, title="Evaluation 2024", window=SUMMER)


def test_the_next_edition_takes_over_sections_texts_and_figures(edition: Edition, cast: Cast) -> None:
    following = carry_on(cast, edition)
    assert [each.heading for each in following.sections.kept()] == [
        each.heading for each in edition.report.sections.kept()
    ]
    assert [(each.key, each.by) for each in figures_in(following)] == [
        (each.key, each.by) for each in figures_in(edition.report)
    ]
    assert section_of(following, "method").text == section_of(edition.report, "method").text
    assert (following.continues_id, following.window) == (edition.pk, SUMMER)


def test_the_next_edition_prints_the_comparison(edition: Edition, cast: Cast) -> None:
    stands(cast, "frieda", count=3, day=date(2022, 5, 9))
    content = content_of(cast, carry_on(cast, edition))
    assert content.continues
    assert (content.continues.number, content.continues.window) == (1, SPRING)
    totals = {change.figure: change for change in content.changes if not change.what}
    assert (totals["Maßnahmen nach Art"].before, totals["Maßnahmen nach Art"].after) == (7, 3)
    assert totals["Maßnahmen nach Art"].kind is ChangeKind.COMPARED
    assert (totals["Maßnahmen nach Art"].before_days, totals["Maßnahmen nach Art"].after_days) == (111, 132)


def test_a_regenerated_edition_says_number_by_number_what_has_changed(edition: Edition, cast: Cast) -> None:
    stands(cast, "frieda", count=2, day=date(2022, 3, 1))  # entered late
    content = content_of(cast, edition.report)
    changed = {
        change.what: (change.before, change.after)
        for change in content.changes
        if change.figure == "Maßnahmen nach Art" and change.kind is ChangeKind.CORRECTED
    }
    assert changed[""] == (7, 9)
    assert (4, 6) in changed.values() or (5, 7) in changed.values()
    second = released(cast, edition.report)
    assert (second.number, second.continues_id) == (2, edition.pk)
    html = bytes(second.html).decode()
    assert "Änderungsprotokoll" in html
    assert "Zahlen, die sich für dieselben Tage geändert haben" in html


def test_nothing_changed_is_said_too(edition: Edition, cast: Cast) -> None:
    content = content_of(cast, edition.report)
    assert content.continues
    assert content.changes == ()
    second = released(cast, edition.report)
    assert "Keine Zahl, die auch die frühere Ausgabe für dieselben Tage nennt" in bytes(second.html).decode()


@pytest.mark.parametrize("who", ["frieda", "stefan", "tomasz"])
def test_only_those_who_write_reports_carry_them_on(edition: Edition, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        carry_on(cast, edition, who)


def test_a_council_paper_has_its_head_in_every_paper(edition: Edition, cast: Cast) -> None:
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    cover = Cover(
        "Ausschuss für Soziales und Integration",
        date(2022, 5, 16),
        Competence.ACKNOWLEDGEMENT,
        ("Erstevaluation", "Kostenplan"),
    )
    change_report(actor=kim, report=edition.report, title="Evaluation", window=SPRING, cover=cover)
    build = built(cast, edition.report)
    assert thawed(as_content_json(build.content or {})).cover == cover
    html = bytes(build.html or b"").decode()
    for text in ("Ausschuss für Soziales und Integration", "16.05.2022", "Kenntnisnahme", "Erstevaluation; Kostenplan"):
        assert text in html
