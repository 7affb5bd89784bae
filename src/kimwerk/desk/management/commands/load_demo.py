"""kimwerk load_demo: the synthetic county, for a database that holds nothing else."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.desk.demo.load import USUAL_SEED, NotSynthetic, load_demo


class Command(BaseCommand):
    help = "Load the synthetic county. A second run finds it there and does nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=USUAL_SEED, help="the same seed makes the same county")

    def handle(self, *args: object, seed: int, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError(_("The demo county is loaded with the settings of the demo only."))
        try:
            entries = load_demo(seed=seed, today=timezone.localdate())
        except NotSynthetic as error:
            raise CommandError(
                _("This database belongs to %(name)s. The demo needs one of its own.") % {"name": error}
            ) from error
        if entries:
            self.stdout.write(_("Synthetic county loaded: %(count)d diary entries.") % {"count": entries})
