"""kimwerk load_categories: bring in the first categories."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from kimwerk.access.walls import maintenance
from kimwerk.activities.services.loading import load_categories


class Command(BaseCommand):
    """Bring in what is missing of the demo's categories. Changes nothing that is there."""

    help = "Bring in the first categories; what is there stays as it is."

    def handle(self, *args: object, **options: object) -> None:
        with maintenance():
            count = load_categories()
        self.stdout.write(f"{count}")
