"""Reports that are begun by themselves, once a period, in the name of whom they wait for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import CategoryMapping
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.due import due_items
from kimwerk.reporting.freezing import frozen
from kimwerk.reporting.models import Edition, Report, ReportSchedule
from kimwerk.reporting.rhythms import last_period
from kimwerk.reporting.selectors.reports import plan_of
from kimwerk.reporting.services.continuing import continue_edition
from kimwerk.reporting.services.refusals import NotTheAuthor
from kimwerk.reporting.services.scheduling import begin_scheduled, end_schedule, keep_schedule
from kimwerk.reporting.services.sections import edit_section
from kimwerk.reporting.services.talking import assign_author
from kimwerk.reporting.tasks import begin_reports
from kimwerk.reporting.types import ChangeKind, Competence, ReportTemplate, Rhythm
from tests.activities.diary import stands
from tests.cast import Cast, as_owner
from tests.reporting.reporters import a_diary, begin, released, section_of

Act = Callable[[Actor], Actor]


@pytest.mark.parametrize(
    ("rhythm", "today", "first", "last"),
    [
        (Rhythm.QUARTERLY, date(2024, 1, 1), date(2023, 10, 1), date(2023, 12, 31)),
        (Rhythm.QUARTERLY, date(2024, 3, 31), date(2023, 10, 1), date(2023, 12, 31)),
        (Rhythm.HALF_YEARLY, date(2024, 6, 30), date(2023, 7, 1), date(2023, 12, 31)),
        (Rhythm.HALF_YEARLY, date(2024, 7, 1), date(2024, 1, 1), date(2024, 6, 30)),
        (Rhythm.YEARLY, date(2024, 2, 29), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_report_covers_the_last_period_that_is_over(rhythm: Rhythm, today: date, first: date, last: date) -> None:
    period = last_period(rhythm, today)
    assert (period.first_day, period.last_day) == (first, last)


@pytest.fixture
def schedule(cast: Cast, act_as: Act) -> ReportSchedule:
    return keep_schedule(
        actor=act_as(cast.actor("lena")),
        organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        rhythm=Rhythm.QUARTERLY,
        title="Quartalsbericht",
        author_id=cast.accounts["kim"],
        committee="Ausschuss für Soziales und Integration",
    )


def test_the_worker_begins_the_draft_once_and_it_waits_for_its_author(schedule: ReportSchedule, cast: Cast) -> None:
    set_actor(None)
    with time_machine.travel(date(2022, 7, 2), tick=False):
        begin_reports(timestamp=0)
        begin_reports(timestamp=1)
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    report = Report.objects.get(schedule=schedule)
    assert report.title == "Quartalsbericht, April bis Juni 2022"
    assert (report.created_by_id, report.committee) == (kim.account_id, "Ausschuss für Soziales und Integration")
    assert report.sections.exists()
    assert [item.title for item in due_items(kim)] == [report.title]
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    assert due_items(lena) == ()


def night_of(day: date) -> None:
    """The worker's night before this day."""
    set_actor(None)
    with time_machine.travel(day, tick=False):
        begin_reports(timestamp=0)


def draft_of(schedule: ReportSchedule, cast: Cast, first_day: date) -> Report:
    set_actor(cast.accounts["kim"])
    return Report.objects.get(schedule=schedule, window_start=first_day)


def quarter_released(schedule: ReportSchedule, cast: Cast) -> Edition:
    """The first quarter, begun by itself, rewritten by Kim and released by Lena."""
    a_diary(cast)
    night_of(date(2022, 4, 1))
    first = draft_of(schedule, cast, date(2022, 1, 1))
    edit_section(
        actor=cast.actor("kim"),
        section=section_of(first, "background"),
        heading="Anlass",
        level=1,
        text="Der Ausschuss bat um Zahlen.",
        version=1,
    )
    return released(cast, first)


def test_a_scheduled_draft_carries_on_the_edition_before(schedule: ReportSchedule, cast: Cast) -> None:
    edition = quarter_released(schedule, cast)
    night_of(date(2022, 7, 1))
    second = draft_of(schedule, cast, date(2022, 4, 1))
    assert second.title == "Quartalsbericht, April bis Juni 2022"
    assert (second.continues_id, second.created_by_id) == (edition.pk, cast.accounts["kim"])
    assert (second.committee, second.competence) == (
        "Ausschuss für Soziales und Integration",
        Competence.ACKNOWLEDGEMENT.value,
    )
    section = section_of(second, "background")
    assert (section.heading, section.text) == ("Anlass", "Der Ausschuss bat um Zahlen.")
    content = count_report(cast.actor("kim"), plan_of(second, with_changes=True))
    assert content.continues
    assert content.continues.window == edition.window
    (compared,) = (each for each in content.changes if each.figure == "Maßnahmen nach Art" and not each.what)
    assert (compared.kind, compared.before, compared.after) == (ChangeKind.COMPARED, 5, 2)


def test_the_page_of_a_draft_names_the_edition_that_it_carries_on(
    schedule: ReportSchedule, cast: Cast, sign_in: Callable[[str], Client]
) -> None:
    edition = quarter_released(schedule, cast)
    night_of(date(2022, 7, 1))
    second = draft_of(schedule, cast, date(2022, 4, 1))
    page = sign_in("kim").get(reverse("reporting:report", args=[second.pk])).content.decode()
    assert "Schreibt fort" in page
    assert f'href="{reverse("reporting:edition", args=[edition.pk])}"' in page


def test_a_draft_is_as_somebody_would_begin_the_next_edition(schedule: ReportSchedule, cast: Cast) -> None:
    edition = quarter_released(schedule, cast)
    night_of(date(2022, 7, 1))
    by_itself = draft_of(schedule, cast, date(2022, 4, 1))
    kim = cast.actor("kim")
    by_hand = continue_edition(actor=kim, edition=edition, title=by_itself.title, window=by_itself.window)
    plans = (plan_of(report, with_changes=True) for report in (by_itself, by_hand))
    one, other = (frozen(count_report(kim, plan)) for plan in plans)
    assert one == other


def test_without_a_released_edition_a_draft_begins_with_the_template(schedule: ReportSchedule, cast: Cast) -> None:
    night_of(date(2022, 4, 1))
    night_of(date(2022, 7, 1))
    assert draft_of(schedule, cast, date(2022, 4, 1)).continues_id is None


def test_a_quarter_that_was_never_released_is_passed_over(schedule: ReportSchedule, cast: Cast) -> None:
    edition = quarter_released(schedule, cast)
    night_of(date(2022, 7, 1))
    night_of(date(2022, 10, 1))
    assert draft_of(schedule, cast, date(2022, 7, 1)).continues_id == edition.pk


def test_a_schedule_carries_on_what_was_begun_by_hand_or_by_one_that_is_over(
    schedule: ReportSchedule, cast: Cast, act_as: Act
) -> None:
    edition = quarter_released(schedule, cast)
    end_schedule(actor=act_as(cast.actor("kim")), schedule=schedule)
    following = keep_schedule(
        actor=act_as(cast.actor("lena")),
        organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        rhythm=Rhythm.QUARTERLY,
        title="Bericht für die Lenkungsgruppe",
        author_id=cast.accounts["kim"],
    )
    night_of(date(2022, 7, 1))
    draft = draft_of(following, cast, date(2022, 4, 1))
    assert draft.continues_id == edition.pk
    assert draft.committee == "Ausschuss für Soziales und Integration"


def test_what_another_running_schedule_began_goes_on_there(schedule: ReportSchedule, cast: Cast, act_as: Act) -> None:
    edition = quarter_released(schedule, cast)
    lena = act_as(cast.actor("lena"))
    common = {
        "actor": lena, "organisation_id": cast.organisations["Rhein-Sieg-Kreis"], "author_id": cast.accounts["kim"],
    }  # fmt: skip
    beside = keep_schedule(rhythm=Rhythm.QUARTERLY, title="Für die Lenkungsgruppe", **common)
    yearly = keep_schedule(rhythm=Rhythm.YEARLY, title="Jahresbericht", **common)
    night_of(date(2023, 1, 1))
    assert draft_of(schedule, cast, date(2022, 10, 1)).continues_id == edition.pk
    assert draft_of(beside, cast, date(2022, 10, 1)).continues_id is None
    assert draft_of(yearly, cast, date(2022, 1, 1)).continues_id is None


def test_a_yearly_report_does_not_carry_on_a_quarter(schedule: ReportSchedule, cast: Cast, act_as: Act) -> None:
    quarter_released(schedule, cast)
    end_schedule(actor=act_as(cast.actor("kim")), schedule=schedule)
    yearly = keep_schedule(
        actor=act_as(cast.actor("lena")),
        organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        rhythm=Rhythm.YEARLY,
        title="Jahresbericht",
        author_id=cast.accounts["kim"],
    )
    night_of(date(2023, 1, 1))
    assert draft_of(yearly, cast, date(2022, 1, 1)).continues_id is None


def test_the_statistics_for_the_land_begin_by_themselves_in_its_categories(cast: Cast, act_as: Act) -> None:
    stands(cast, count=3, day=date(2022, 5, 2))
    stands(cast, count=2, day=date(2022, 5, 3), kind_id=cast.categories["workshop"])
    with as_owner():
        CategoryMapping.objects.filter(scheme="land").delete()
        CategoryMapping.objects.create(
            category_id=cast.categories["erstgespraech"], scheme="land", code="beratung", label="Einzelfallberatung"
        )
    keep_schedule(
        actor=act_as(cast.actor("lena")),
        organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        rhythm=Rhythm.HALF_YEARLY,
        title="Statistik für das Land",
        author_id=cast.accounts["kim"],
        template=ReportTemplate.LAND_STATISTICS,
    )
    set_actor(None)
    with time_machine.travel(date(2022, 7, 2), tick=False):
        begin_reports(timestamp=0)
    kim = act_as(cast.actor("kim"))
    report = Report.objects.get(template="land_statistics")
    assert report.title == "Statistik für das Land, Januar bis Juni 2022"
    content = count_report(kim, plan_of(report))
    kinds = next(figure for figure in content.figures if figure.key == "land_activities_by_kind")
    assert {member.label for member in kinds.axes[0].members} == {
        "Einzelfallberatung", "ohne Zuordnung: Workshop"
    }  # fmt: skip
    assert kinds.total == 5
    assert not [figure.title for figure in content.figures if figure.problem]


def test_an_ended_schedule_begins_nothing(schedule: ReportSchedule, cast: Cast, act_as: Act) -> None:
    end_schedule(actor=act_as(cast.actor("kim")), schedule=schedule)
    set_actor(None)
    begin_reports(timestamp=0)
    act_as(cast.actor("kim"))
    assert not Report.objects.exists()


def test_only_the_author_begins_it(schedule: ReportSchedule, cast: Cast, act_as: Act) -> None:
    lena = act_as(cast.actor("lena"))
    assert begin_scheduled(actor=lena, schedule_id=schedule.pk, today=date(2022, 7, 2)) is None


@pytest.mark.parametrize("who", ["frieda", "stefan", "tomasz"])
def test_schedules_are_for_those_who_write_reports(cast: Cast, act_as: Act, who: str) -> None:
    county = cast.organisations["Rhein-Sieg-Kreis"]
    with pytest.raises(PermissionDenied):
        keep_schedule(
            actor=act_as(cast.actor(who)), organisation_id=county, rhythm=Rhythm.YEARLY, title="Bericht",
            author_id=cast.accounts["kim"],
        )  # fmt: skip
    with pytest.raises(NotTheAuthor):
        keep_schedule(
            actor=act_as(cast.actor("kim")), organisation_id=county, rhythm=Rhythm.YEARLY, title="Bericht",
            author_id=cast.accounts[who],
        )  # fmt: skip


def test_an_empty_section_waits_for_its_author(cast: Cast, act_as: Act) -> None:
    report = begin(cast)
    karin = cast.accounts["karin"]
    assign_author(actor=act_as(cast.actor("kim")), section=section_of(report, "background"), account_id=karin)
    (item,) = due_items(act_as(cast.actor("karin")))
    assert item.title == "„Hintergrund“ schreiben"
    assert item.url.endswith(f"#section-{section_of(report, 'background').pk}")
