"""kimwerk demo_tally --out FILE.xlsx: a tally as an office keeps it, to try the import with."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.desk.demo.load import USUAL_SEED
from kimwerk.desk.demo.sample import write_sample


class Command(BaseCommand):
    help = "Write a synthetic tally as a workbook, with the untidiness of real ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
        parser.add_argument("--seed", type=int, default=USUAL_SEED, help="the same seed makes the same tally")

    def handle(self, *args: object, out: Path, seed: int, **options: object) -> None:
        sample = write_sample(out, seed=seed, today=timezone.localdate())
        self.stdout.write(
            _("%(file)s: %(good)d rows that can be entered, %(faulty)d that need a hand.")
            % {"file": out, "good": sample.good, "faulty": sample.faulty}
        )
