"""The evaluation of 2022, published, and that of 2024, which carries it on; by two pairs of eyes each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import TypedDict

from kimwerk.access.actors import Actor
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Cover
from kimwerk.reporting.models import Edition, Report, ReportBuild, ReportSection
from kimwerk.reporting.services.builds import order_build, run_build
from kimwerk.reporting.services.continuing import continue_edition
from kimwerk.reporting.services.editions import release_edition
from kimwerk.reporting.services.publishing import order_publication, run_publication
from kimwerk.reporting.services.reports import create_report
from kimwerk.reporting.services.scheduling import keep_schedule
from kimwerk.reporting.services.sections import edit_section
from kimwerk.reporting.types import Competence, ReportTemplate, Rhythm


class ToldEdition(TypedDict):
    """What the data file says of an edition."""

    title: str
    first_day: date
    last_day: date
    session_on: date
    label: str
    reason: str
    texts: Mapping[str, str]


class Told(ToldEdition):
    """The data file: the first edition, the one that carries it on, and what is begun by itself."""

    committee: str
    attachments: list[str]
    threshold: int
    next: ToldEdition
    schedules: list[ToldSchedule]


class ToldSchedule(TypedDict):
    """A report that is begun by itself."""

    title: str
    template: str
    rhythm: str


def load_reports(ground: Ground) -> None:
    """Write the report, release it by four eyes, publish its tables, and have the next ones begin by themselves."""
    text = files("kimwerk.desk.demo").joinpath("reports.toml").read_text(encoding="utf-8")
    told: Told = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    report = _written(ground, told)
    edition = _released(ground, told, report)
    with acting_as(ground, "lena") as lena:
        publication = order_publication(actor=lena, edition=edition, threshold=told["threshold"])
        run_publication(actor=lena, publication_id=publication.pk)
        for schedule in told["schedules"]:
            keep_schedule(
                actor=lena,
                organisation_id=report.organisation_id,
                rhythm=Rhythm(schedule["rhythm"]),
                title=schedule["title"],
                author_id=ground.accounts["kim"],
                committee=told["committee"] if schedule["template"] == ReportTemplate.EVALUATION.value else "",
                template=ReportTemplate(schedule["template"]),
            )
    _released(ground, told["next"], _carried_on(ground, told["next"], edition))


def _written(ground: Ground, told: Told) -> Report:
    with acting_as(ground, "kim") as kim:
        report = create_report(
            actor=kim,
            template=ReportTemplate.EVALUATION,
            organisation=Organisation.objects.get(pk=ground.organisations["rsk"]),
            window=Period.of_days(told["first_day"], told["last_day"]),
            title=told["title"],
            cover=Cover(told["committee"], told["session_on"], Competence.ACKNOWLEDGEMENT, tuple(told["attachments"])),
        )
        _write(kim, report, told["texts"])
        return report


def _carried_on(ground: Ground, told: ToldEdition, edition: Edition) -> Report:
    with acting_as(ground, "kim") as kim:
        window = Period.of_days(told["first_day"], told["last_day"])
        report = continue_edition(
            actor=kim, edition=edition, title=told["title"], window=window, session_on=told["session_on"]
        )
        _write(kim, report, told["texts"])
        return report


def _write(actor: Actor, report: Report, texts: Mapping[str, str]) -> None:
    for section in ReportSection.objects.filter(report=report, key__in=list(texts)):
        edit_section(
            actor=actor,
            section=section,
            version=section.version,
            heading=section.heading,
            level=section.level,
            text=texts[section.key].strip(),
        )


def _released(ground: Ground, told: ToldEdition, report: Report) -> Edition:
    with acting_as(ground, "kim") as kim:
        build = order_build(actor=kim, report=report)
        run_build(actor=kim, build_id=build.pk)
    with acting_as(ground, "lena") as lena:
        draft = ReportBuild.objects.select_related("report").get(pk=build.pk)
        return release_edition(actor=lena, build=draft, label=told["label"], reason=told["reason"])
