"""kimwerk activities import: bring a tally into the diary from the command line, by the errands of the pages."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.console import add_actor_argument, console_actor
from kimwerk.activities.management.importing import Refused, Wishes, import_file, json_pieces, text_lines
from kimwerk.activities.models import TallyImport
from kimwerk.activities.services.tallies.cancelling import cancel_tally
from kimwerk.activities.states import Verdict

ROWS_REJECTED, REFUSED = 1, 2


class Command(BaseCommand):
    """Exit codes: 0 all rows are fine, 1 some were rejected, 2 the file or the import was refused."""

    help = "Import an existing tally into the diary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`import FILE` with its options."""
        errands = parser.add_subparsers(dest="errand", required=True)
        importing = errands.add_parser("import", help="bring a tally (XLSX, XLS, ODS, CSV) into the diary")
        importing.add_argument("file", type=Path, metavar="FILE")
        importing.add_argument("--mapping", type=Path, metavar="FILE", help="JSON: what the columns mean, and defaults")
        importing.add_argument("--dry-run", action="store_true", help="only say what would become of every row")
        importing.add_argument("--format", choices=("text", "json"), default="text")
        importing.add_argument(
            "--apply-changes", action="store_true", help="enter it also where it changes unusually much"
        )
        add_actor_argument(importing)

    def handle(self, *args: object, file: Path, mapping: Path | None, actor_email: str, **options: object) -> None:
        """Import, say what became of it, and leave with the exit code."""
        actor = console_actor(actor_email)
        is_json, is_dry_run = options["format"] == "json", bool(options["dry_run"])
        try:
            tally = import_file(actor, Wishes(file, mapping, is_dry_run, bool(options["apply_changes"])))
        except Refused as refused:
            self._refuse(file, str(refused), is_json=is_json)
        except OSError as error:
            message = _("%(file)s cannot be read.") % {"file": error.filename or file}
            raise CommandError(message, returncode=REFUSED) from error
        self._say(actor, tally, is_json=is_json)
        if is_dry_run:
            with acting(actor):
                cancel_tally(actor=actor, tally_id=tally.pk)
        if tally.counts[Verdict.REJECTED.value]:
            sys.exit(ROWS_REJECTED)

    def _refuse(self, file: Path, reason: str, *, is_json: bool) -> None:
        if is_json:
            refused: dict[str, object] = {"file": file.name, "import": None, "state": "refused", "counts": {}}
            refused |= {"refusal": reason, "rows": []}
            self.stdout.write(json.dumps(refused, ensure_ascii=False))
            sys.exit(REFUSED)
        raise CommandError(reason, returncode=REFUSED)

    def _say(self, actor: Actor, tally: TallyImport, *, is_json: bool) -> None:
        with acting(actor):
            if is_json:
                for piece in json_pieces(tally):
                    self.stdout.write(piece, ending="")
            else:
                for line in text_lines(tally):
                    self.stdout.write(line)
