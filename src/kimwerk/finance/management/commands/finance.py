"""kimwerk finance table | check: cost tables on the command line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.console import add_actor_argument, console_actor
from kimwerk.finance.calculation.findings import findings_of
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.checking import Unreadable, check_workbook
from kimwerk.finance.checking_words import deviation_in_words
from kimwerk.finance.laying import lay_out
from kimwerk.finance.models import CostPlan
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs, plans_of
from kimwerk.finance.wording import findings_in_words, refusal_in_words
from kimwerk.finance.writing import as_csv, as_json, as_text, as_workbook

UNREADABLE, DEVIATES = 2, 1


class Command(BaseCommand):
    """Cost tables on the command line."""

    help = "Print the table of a cost plan, or recompute the table in a workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two errands and their options."""
        errands = parser.add_subparsers(dest="errand", required=True)
        table = errands.add_parser("table", help="the table of a plan, with where every amount comes from")
        table.add_argument("--plan", required=True, metavar="NAME")
        table.add_argument("--scenario", default="", metavar="NAME", help="the table of a scenario of the plan")
        table.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
        table.add_argument("--out", type=Path, metavar="FILE", help="write into a file; needed for xlsx")
        add_actor_argument(table)
        check = errands.add_parser("check", help="recompute a cost table and name every deviation")
        check.add_argument("file", type=Path)

    def handle(self, *args: object, errand: str, **options: object) -> None:
        """Do the errand."""
        if errand == "table":
            self._table(**options)  # type: ignore[arg-type]  # the options of `table`, as the parser made them
        else:
            self._check(**options)  # type: ignore[arg-type]  # the options of `check`, as the parser made them

    def _table(
        self, *, plan: str, scenario: str, format: str, out: Path | None, actor_email: str, **_options: object
    ) -> None:
        if format == "xlsx" and out is None:
            raise CommandError(_("A workbook goes into a file: --out FILE."))
        actor = console_actor(actor_email)
        with acting(actor):
            inputs = plan_inputs(actor, _plan(actor, plan))
            written = _written(inputs, scenario, format)
        if out is not None:
            out.write_bytes(written)
            self.stdout.write(_("Written: %(file)s") % {"file": out})
        else:
            self.stdout.write(written.decode(), ending="")

    def _check(self, *, file: Path, **_options: object) -> None:
        try:
            found = check_workbook(file.read_bytes())
        except (OSError, Unreadable) as error:
            raise CommandError(
                _("%(file)s cannot be read as a cost table.") % {"file": file}, returncode=UNREADABLE
            ) from error
        for deviation in found.deviations:
            self.stdout.write(deviation_in_words(deviation))
        named = {"checked": found.checked, "deviations": len(found.deviations)}
        self.stdout.write(_("%(checked)s sums and rates recomputed, %(deviations)s deviations.") % named)
        if found.deviations:
            sys.exit(DEVIATES)


def _plan(actor: Actor, name: str) -> CostPlan:
    plans = {plan.name: plan for plan in plans_of(actor)}
    if name not in plans:
        known = ", ".join(sorted(plans)) or "–"
        raise CommandError(_("There is no plan %(name)s. You may read: %(known)s.") % {"name": name, "known": known})
    return plans[name]


def _written(inputs: PlanInputs, scenario: str, form: str) -> bytes:
    chosen = next((each for each in inputs.scenarios if each.name == scenario), None)
    if scenario and chosen is None:
        raise CommandError(_("The plan has no scenario %(name)s.") % {"name": scenario})
    lines = {line.key: line for line in inputs.lines}
    try:
        tables = inputs.tables(chosen)
        layout = lay_out(inputs, chosen, tables)
        found = findings_of(tables, inputs.assumed(chosen)) if inputs.shows_lines else ()
    except CannotCompute as error:
        raise CommandError(refusal_in_words(error, {key: line.title for key, line in lines.items()})) from error
    findings = findings_in_words(found, lines)
    if form == "xlsx":
        return as_workbook(layout, findings)
    if form == "csv":
        return as_csv(layout).encode()
    return (as_json if form == "json" else as_text)(layout, findings).encode()
