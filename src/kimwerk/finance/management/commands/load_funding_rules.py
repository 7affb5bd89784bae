"""kimwerk load_funding_rules: bring in the Land's funding rules."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from kimwerk.access.walls import maintenance
from kimwerk.finance.services.loading import load_funding_rules


class Command(BaseCommand):
    """Put the rules of the program's data file in the place of those that are there."""

    help = "Bring in the Land's funding rules; those of the program's data file replace all others."

    def handle(self, *args: object, **options: object) -> None:
        with maintenance():
            count = load_funding_rules()
        self.stdout.write(f"{count}")
