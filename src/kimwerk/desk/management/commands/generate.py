"""kimwerk generate: data of any size for measurement, on a synthetic installation."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import date, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.desk.generate.load import GeneratedAlready, NotSynthetic, Size, count_ahead, generate, tidy


class Command(BaseCommand):
    help = "Fill a synthetic installation with diary entries, persons and cases for measurement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--activities", type=int, default=0, help="how many diary entries")
        parser.add_argument("--persons", type=int, default=0, help="how many persons in care")
        parser.add_argument("--cases", type=int, default=0, help="how many of them have a case")
        parser.add_argument("--contacts", type=int, default=0, help="how many contacts the cases have together")
        parser.add_argument(
            "--posts", type=int, default=0, help="how many posts each body's cost plan of ten years has"
        )
        parser.add_argument("--registrations", type=int, default=0, help="how many rows the registration lists have")
        parser.add_argument("--meetings", type=int, default=0, help="how many meetings the committees have held")
        parser.add_argument("--resolutions", type=int, default=0, help="how many resolutions came of them")
        parser.add_argument("--needs", type=int, default=0, help="how many needs were named")
        parser.add_argument("--encounters", type=int, default=0, help="how often other bodies were met")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same data")
        parser.add_argument("--years", type=int, default=10, help="how many years back")
        parser.add_argument("--municipalities", type=int, default=396, help="how many, from the most populous down")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day; usually yesterday")

    def handle(
        self,
        *args: object,
        activities: int,
        persons: int,
        cases: int,
        contacts: int,
        posts: int,
        registrations: int,
        meetings: int,
        resolutions: int,
        needs: int,
        encounters: int,
        seed: int,
        years: int,
        municipalities: int,
        until: date | None,
        **options: object,
    ) -> None:
        if not settings.DEMO:
            raise CommandError(_("Data for measurement is made with the settings of the demo only."))
        last = until or timezone.localdate() - timedelta(days=1)
        size = Size(
            activities, persons, cases, contacts, posts, registrations, meetings, resolutions, needs, encounters
        )
        begun = time.monotonic()
        try:
            generate(size=size, seed=seed, years=years, municipalities=municipalities, last=last)
        except NotSynthetic as error:
            raise CommandError(
                _("This database belongs to %(name)s. Data for measurement needs one of its own.") % {"name": error}
            ) from error
        except GeneratedAlready as error:
            raise CommandError(_("This database has data for measurement already.")) from error
        self._say(_("%(count)d entries in %(seconds).1f s"), begun, count=activities + contacts)
        begun = time.monotonic()
        count_ahead()
        self._say(_("figures counted ahead in %(seconds).1f s"), begun)
        begun = time.monotonic()
        tidy()
        self._say(_("statistics in %(seconds).1f s"), begun)

    def _say(self, text: str, begun: float, **values: object) -> None:
        self.stdout.write(text % {"seconds": time.monotonic() - begun, **values})
