"""kimwerk persons duplicates: which registrations of a flat file may be the same person."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kimwerk.persons.matching.pairs import find_duplicates
from kimwerk.persons.matching.reading import MissingColumnsError, read_registrations
from kimwerk.persons.saying import reasons_in_words

REFUSED = 2


class Command(BaseCommand):
    """Reads and writes files only; exit code 2 if a file cannot be read or written."""

    help = "Find people who were registered twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`duplicates --input FILE.csv --output PAIRS.csv`."""
        errands = parser.add_subparsers(dest="errand", required=True)
        duplicates = errands.add_parser("duplicates", help="propose pairs of registrations that may be one person")
        duplicates.add_argument("--input", type=Path, required=True, metavar="FILE.csv")
        duplicates.add_argument("--output", type=Path, required=True, metavar="PAIRS.csv")
        duplicates.add_argument(
            "--propose", type=_share, metavar="SHARE", help="lowest probability of a proposed pair; else by size"
        )

    def handle(
        self, *args: object, input: Path, output: Path, propose: float | None, **options: object
    ) -> None:  # the option's name
        """Compare everybody with everybody, and write the pairs that are proposed."""
        try:
            pairs = find_duplicates(read_registrations(input), propose)
            with output.open("w", encoding="utf-8", newline="") as lines:
                table = csv.writer(lines)
                table.writerow(("rec_id_a", "rec_id_b", "score", "reasons"))
                for pair in pairs:
                    table.writerow((pair.rec_id_a, pair.rec_id_b, pair.score, reasons_in_words(pair.reasons)))
        except MissingColumnsError as error:
            message = _("The file lacks the columns %(columns)s.") % {"columns": error}
            raise CommandError(message, returncode=REFUSED) from error
        except (OSError, UnicodeDecodeError) as error:
            message = _("%(file)s cannot be read.") % {"file": input}
            raise CommandError(message, returncode=REFUSED) from error
        certain = sum(pair.is_almost_certain for pair in pairs)
        self.stdout.write(
            _("%(count)s pairs, %(certain)s of them almost certain") % {"count": len(pairs), "certain": certain}
        )


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share < 1:
        raise ValueError(text)
    return share
