"""kimwerk figures list | show KEY | ahead: figures on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.console import add_actor_argument, console_actor
from kimwerk.activities.figures import count_months_ahead
from kimwerk.casework.figures import count_contacts_ahead
from kimwerk.kernel.figures import FigureTable, QueryError
from kimwerk.kernel.hashing import canonical_json
from kimwerk.reporting.catalogue import UnknownFigure, figures
from kimwerk.reporting.console import add_window_arguments, refusal_of, window_of
from kimwerk.reporting.selectors import figure_data, figure_table
from kimwerk.reporting.wording import unit_label
from kimwerk.reporting.writing import as_csv, as_text


class Command(BaseCommand):
    """Figures on the command line."""

    help = "List the figures, show one, or count months ahead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three errands and their options."""
        errands = parser.add_subparsers(dest="errand", required=True)
        errands.add_parser("list", help="every figure with its unit and its usual breakdown")
        errands.add_parser("ahead", help="count what changed ahead of the next question, instead of the worker")
        show = errands.add_parser("show", help="count one figure")
        show.add_argument("key")
        add_window_arguments(show)
        show.add_argument("--by", action="append", metavar="DIM", help="break down by; three times at most")
        show.add_argument("--format", choices=("table", "json", "csv"), default="table")
        add_actor_argument(show)

    def handle(self, *args: object, errand: str, **options: object) -> None:
        """Do the errand."""
        if errand == "list":
            self._list()
        elif errand == "ahead":
            self._ahead()
        else:
            self._show(**options)  # type: ignore[arg-type]  # the options of `show`, as the parser made them

    def _list(self) -> None:
        longest = max(len(figure.key) for figure in figures())
        for figure in figures():
            by = ", ".join(figure.by) or "–"
            self.stdout.write(f"{figure.key.ljust(longest)}  {figure.title} ({unit_label(figure.unit)})  [{by}]")

    def _ahead(self) -> None:
        months = 0
        for count in (count_months_ahead, count_contacts_ahead):
            while counted := count():
                months += counted
        self.stdout.write(_("%(count)d months of organisations counted.") % {"count": months})

    def _show(
        self,
        *,
        key: str,
        first: date,
        last: date,
        fte: Decimal | None,
        by: list[str] | None,
        format: str,
        actor_email: str,
        **_options: object,
    ) -> None:
        actor = console_actor(actor_email)
        window = window_of(first, last)
        with acting(actor):
            try:
                table = figure_table(
                    actor, key, window, tuple(by) if by else None, parameters={"fte": fte} if fte else {}
                )
            except UnknownFigure:
                raise CommandError(
                    _("There is no figure %(key)s. kimwerk figures list names them all.") % {"key": key}
                ) from None
            except QueryError as error:
                raise CommandError(refusal_of(error)) from None
        self.stdout.write(_written(table, format), ending="")


def _written(table: FigureTable[Actor], form: str) -> str:
    if form == "json":
        return json.dumps(json.loads(canonical_json(figure_data(table))), ensure_ascii=False, indent=2) + "\n"
    return as_csv(table) if form == "csv" else as_text(table)
