"""kimwerk tables protect | check: tables that are safe to publish, and tables that agree with themselves."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kimwerk.kernel.sheets.refusals import FileRefused
from kimwerk.reporting.disclosure.amounts import amounts_of
from kimwerk.reporting.disclosure.engine import Protection, Unprotectable, protect
from kimwerk.reporting.disclosure.files import (
    as_json,
    read_contributions,
    read_hierarchies,
    read_table,
    rounded_as_json,
)
from kimwerk.reporting.disclosure.rounding import RoundingError, RoundingProblem, round_table
from kimwerk.reporting.disclosure.rules import Cost, Policy, PolicyError, Task, Zeros, task_of
from kimwerk.reporting.disclosure.tables import Dimension, Table, TableError, TableProblem
from kimwerk.reporting.plausibility import words
from kimwerk.reporting.plausibility.checking import NoTable, check
from kimwerk.reporting.threshold import small_below

UNREADABLE, DISAGREES = 2, 1
MOST_PERCENT = 100
T = TypeVar("T")


class Command(BaseCommand):
    """Tables on the command line."""

    help = "Protect a table of counts, or check whether a published table agrees with itself."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The errand and its options."""
        errands = parser.add_subparsers(dest="errand", required=True)
        errand = errands.add_parser("protect", help="suppress what is small, and what would tell it")
        errand.add_argument("file", type=Path, metavar="FILE.csv", help="a column for each dimension, and freq")
        errand.add_argument("--hierarchy", type=Path, required=True, metavar="FILE.json")
        small = "counts from 1 to N - 1 are small; the installation's KIMWERK_SMALL_BELOW if not given"
        errand.add_argument("--threshold", type=int, default=small_below(), metavar="N", help=small)
        errand.add_argument("--zeros", choices=[zeros.value for zeros in Zeros], default=Zeros.PUBLISHED.value)
        errand.add_argument("--cost", choices=[cost.value for cost in Cost], default=Cost.CELLS.value)
        errand.add_argument("--method", choices=("suppress", "round"), default="suppress")
        errand.add_argument("--base", type=int, default=5, metavar="N", help="what rounding makes multiples of")
        dominance = "the file holds the amounts of each contributor; none may estimate another within P percent"
        errand.add_argument("--dominance", type=int, metavar="P", help=dominance)
        errand.add_argument("--seconds", type=float, default=55.0, metavar="N", help="how long to look for the optimum")
        errand.add_argument("--out", type=Path, required=True, metavar="OUT.json")
        checked = errands.add_parser("check", help="name every sum, share and age band that does not agree")
        checked.add_argument("file", type=Path, metavar="FILE", help="a table as CSV, XLSX or ODS")
        checked.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: object, errand: str, **options: object) -> None:
        """Protect or check the file."""
        if errand == "check":
            self._check(**options)  # type: ignore[arg-type]  # the options of `check`, as the parser made them
        else:
            self._protect(**options)  # type: ignore[arg-type]  # the options of `protect`, as the parser made them

    def _check(self, *, file: Path, format: str, **_options: object) -> None:
        try:
            report = check(file.read_bytes(), file.name)
        except OSError:
            raise CommandError(
                _("%(file)s cannot be opened. Is the path right?") % {"file": file}, returncode=UNREADABLE
            ) from None
        except FileRefused as refused:
            raise CommandError(f"{file}: {words.refusal_in_words(refused)}", returncode=UNREADABLE) from None
        except NoTable:
            raise CommandError(f"{file}: {words.no_table()}", returncode=UNREADABLE) from None
        if format == "json":
            data = {"file": str(file), **words.as_data(report)}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            for line in words.lines_of(report):
                self.stdout.write(line)
        if report.findings:
            sys.exit(DISAGREES)

    def _protect(
        self,
        *,
        file: Path,
        hierarchy: Path,
        threshold: int,
        zeros: str,
        cost: str,
        method: str,
        base: int,
        dominance: int | None,
        seconds: float,
        out: Path,
        **_options: object,
    ) -> None:
        try:
            policy = Policy(threshold, Zeros(zeros), Cost(cost))
            if method == "round":
                self._round(_read(file, hierarchy, read_table), base, threshold, seconds, out)
                return
            table, task = _task(file, hierarchy, policy, dominance)
            protection = protect(task, seconds, [table.grid], with_help=True)
        except PolicyError:
            raise CommandError(_("The threshold must be 2 or more; nothing is small otherwise.")) from None
        except RoundingError as error:
            raise CommandError(_rounding_refusal(error)) from None
        except TableError as error:
            raise CommandError(_refusal(error)) from None
        except Unprotectable as error:
            raise CommandError(
                _("%(count)d small cells can be derived whatever is suppressed.") % {"count": len(error.cells)}
            ) from None
        out.write_text(as_json(table, task, protection) + "\n", encoding="utf-8")
        self.stdout.write(_summary(table, task, protection))

    def _round(self, table: Table, base: int, threshold: int, seconds: float, out: Path) -> None:
        rounding = round_table(table, base, threshold, seconds)
        if not rounding.audit.is_clean:
            told = len(rounding.audit.exact) + len(rounding.audit.small)
            raise CommandError(
                _("%(count)d small counts can be told from the rounded numbers. Suppress instead.") % {"count": told}
            )
        out.write_text(rounded_as_json(table, base, rounding) + "\n", encoding="utf-8")
        facts = {"cells": len(table.keys), "base": base, "farthest": rounding.farthest}
        self.stdout.write(
            _("%(cells)d cells in multiples of %(base)d, at most %(farthest)d from the count. All sums add up."
              " Nobody can tell that somebody is there and few.") % facts
        )  # fmt: skip


def _task(file: Path, hierarchy: Path, policy: Policy, dominance: int | None) -> tuple[Table, Task]:
    """Counts below the threshold, or amounts that one contributor dominates."""
    if dominance is None:
        table = _read(file, hierarchy, read_table)
        return table, task_of(table.structure, policy)
    if not 1 <= dominance <= MOST_PERCENT:
        raise CommandError(_("The percentage of the dominance rule must be between 1 and 100."))
    return _read(
        file,
        hierarchy,
        lambda lines, dimensions: amounts_of(
            dimensions, read_contributions(lines, dimensions), dominance, policy.zeros
        ),
    )


def _read(file: Path, hierarchy: Path, read: Callable[[Iterable[str], tuple[Dimension, ...]], T]) -> T:
    try:
        dimensions = read_hierarchies(hierarchy.read_text(encoding="utf-8-sig"))
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return read(lines, dimensions)
    except (OSError, UnicodeDecodeError):
        raise CommandError(_("The files cannot be read. They must be there, and be text in UTF-8.")) from None


def _summary(table: Table, task: Task, protection: Protection) -> str:
    facts = {
        "cells": len(table.keys),
        "primary": len(task.levels),
        "secondary": len(protection.suppressed) - len(task.levels),
        "gap": f"{100 * protection.gap:.1f}".replace(".", ","),
    }
    return _("%(cells)d cells, %(primary)d small, %(secondary)d more suppressed; at most %(gap)s %% from the optimum."
             " Nothing small can be derived.") % facts  # fmt: skip


def _rounding_refusal(error: RoundingError) -> str:
    if error.problem is RoundingProblem.BASE:
        return _("The base must be 2 or more; nothing is rounded otherwise.")
    return _("The table is too large to say what rounded numbers would tell. Suppress instead.")


def _refusal(error: TableError) -> str:
    sentences = {
        TableProblem.NO_DIMENSIONS: _("The hierarchy has no dimension."),
        TableProblem.NOT_A_HIERARCHY: _("The hierarchy must be JSON that names the children of every node."),
        TableProblem.NO_ROOT: _("The dimension %(subject)s must have exactly one node above all others."),
        TableProblem.TWO_PARENTS: _("%(subject)s stands below two nodes, so it would count twice."),
        TableProblem.EMPTY_NODE: _("The node %(subject)s has nothing below it."),
        TableProblem.UNKNOWN_NODE: _("The hierarchy does not know %(subject)s."),
        TableProblem.NOT_A_LEAF: _("%(subject)s is a sum of others. The file must hold the smallest parts only."),
        TableProblem.REPEATED: _("There are two counts for %(subject)s."),
        TableProblem.NEGATIVE: _("The count of %(subject)s is negative."),
        TableProblem.NOT_A_COUNT: _("The count of %(subject)s is no whole number."),
        TableProblem.COLUMNS: _("The file has no column %(subject)s."),
    }
    sentence = sentences[error.problem] % {"subject": error.subject}
    if error.line is None:
        return sentence
    return _("Line %(line)d: %(sentence)s") % {"line": error.line, "sentence": sentence}
