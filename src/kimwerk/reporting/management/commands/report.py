"""kimwerk report build evaluation --from … --to … --out DIR: the evaluation report as files."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.console import add_actor_argument, console_actor
from kimwerk.kernel.periods import Period
from kimwerk.reporting.compose import document_of
from kimwerk.reporting.console import add_window_arguments, window_of
from kimwerk.reporting.freezing import ContentJson, figures_json, hash_of, thawed
from kimwerk.reporting.html import render_html
from kimwerk.reporting.outlines import OUTLINES, sections_of
from kimwerk.reporting.papers import papers_of
from kimwerk.reporting.plan import Plan
from kimwerk.reporting.selectors.reports import organisations_to_write_for
from kimwerk.reporting.services.builds import count_at_one_moment
from kimwerk.reporting.types import ReportTemplate
from kimwerk.reporting.windows import WindowProblem, window_problem
from kimwerk.ui.typesetting import NoFontsError


class Command(BaseCommand):
    """Reports on the command line."""

    help = "Build a report from its template: report.html, report.pdf, report.docx, tables.xlsx and figures.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The errand and its options."""
        errands = parser.add_subparsers(dest="errand", required=True)
        build = errands.add_parser("build", help="count the figures of a template and write the papers")
        build.add_argument("template", choices=[template.value for template in ReportTemplate])
        add_window_arguments(build)
        build.add_argument(
            "--out", required=True, type=Path, metavar="DIR", help="folder for the files; made if needed"
        )
        build.add_argument(
            "--organisation", default="", metavar="NAME", help="whose report, where you write for several"
        )
        build.add_argument("--title", default="", help="title of the report; else that of the template")
        add_actor_argument(build)

    def handle(
        self,
        *args: object,
        template: str,
        first: date,
        last: date,
        fte: Decimal | None,
        out: Path,
        organisation: str,
        title: str,
        actor_email: str,
        **options: object,
    ) -> None:
        """Count, compose and write."""
        window = _window(first, last)
        actor = console_actor(actor_email)
        with acting(actor):
            organisation_id, name = _organisation(actor, organisation)
        chosen = ReportTemplate(template)
        plan = Plan(
            title=title or str(OUTLINES[chosen].title),
            organisation_id=organisation_id,
            organisation=name,
            window=window,
            sections=sections_of(chosen),
            parameters={"fte": fte} if fte else {},
        )
        content = count_at_one_moment(actor, plan)
        for path, size in _written(content, out):
            self.stdout.write(_("%(path)s (%(size)d KB)") % {"path": path, "size": -(-size // 1000)})
        self.stdout.write(_("Content hash: %(hash)s") % {"hash": hash_of(content)})


def _window(first: date, last: date) -> Period:
    """The days from first to last; CommandError if nobody can have recorded anything in them."""
    window = window_of(first, last)
    problem = window_problem(first, last, today=timezone.localdate())
    if problem is WindowProblem.TOO_EARLY:
        raise CommandError(_("The diary begins in the year 2000. Give a later day."))
    if problem is WindowProblem.TOO_LATE:
        raise CommandError(_("This day lies more than a year ahead. Give an earlier day."))
    return window


def _organisation(actor: Actor, wanted: str) -> tuple[int, str]:
    """For whom the report is written; CommandError if that is not clear or not allowed."""
    allowed = organisations_to_write_for(actor)
    if not allowed:
        raise CommandError(_("%(name)s may not write reports.") % {"name": actor.name})
    named = [each for each in allowed if not wanted or each[1] == wanted]
    if len(named) == 1:
        return named[0]
    names = ", ".join(name for _id, name in allowed)
    raise CommandError(_("Say for whom: --organisation is one of %(names)s.") % {"names": names})


def _written(content: ContentJson, out: Path) -> list[tuple[Path, int]]:
    """Write the files; CommandError where the folder cannot be written."""
    counted = thawed(content)
    document = document_of(counted, made_at=timezone.now())
    try:
        papers = papers_of(counted, document)
        files = {
            "report.html": render_html(document).encode(),
            "report.pdf": papers.pdf,
            "report.docx": papers.docx,
            "tables.xlsx": papers.xlsx,
            "figures.json": figures_json(content),
        }
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except NoFontsError:
        raise CommandError(_("The fonts of the PDF are not there. Build the assets first.")) from None
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be written: %(reason)s.") % {"path": error.filename or out, "reason": error.strerror}
        ) from None
    return [(out / name, len(data)) for name, data in files.items()]
