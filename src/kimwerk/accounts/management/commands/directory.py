"""`kimwerk directory load | bodies | found`: the places, and the start of an installation.

The command stands in this room because founding ends with the first invitation, which the room of
the directory cannot know.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.accounts.management.operator import add_person_arguments, invite_and_print
from kimwerk.directory.genericode import LARGEST_LIST, ListError, ListProblem
from kimwerk.directory.place_list import PlaceEntry, places_from_genericode
from kimwerk.directory.selectors import kim_bodies, kim_body
from kimwerk.directory.services import AlreadyFounded, found_installation, load_municipalities


class Command(BaseCommand):
    """Loads municipalities and founds an installation, as the owner role."""

    help = "Load the municipalities of North Rhine-Westphalia, list the 54 bodies of the programme, found one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="errand", required=True)
        load = commands.add_parser("load", help="load municipalities: the list that comes along, or an official one")
        load.add_argument("--file", type=Path, help="an official list in genericode (XML)")
        commands.add_parser("bodies", help="list the counties and cities that can be founded, with their keys")
        found = commands.add_parser(
            "found", help="start an installation for one of them and print the first invitation"
        )
        found.add_argument("--district", required=True, help="its official key: 05382, or 05334002 for Aachen")
        found.add_argument(
            "--name", default="", help="the body's name as it calls itself; the official one if left out"
        )
        add_person_arguments(found, default_role=Role.KI_LEADERSHIP)

    def handle(self, *args: object, errand: str, **options: object) -> None:
        """Run the errand behind the walls."""
        chosen = argparse.Namespace(**options)
        with maintenance():
            if errand == "load":
                self._load(chosen.file)
            elif errand == "bodies":
                self._bodies()
            else:
                self._found(chosen)

    def _load(self, file: Path | None) -> None:
        outcome = load_municipalities(_read(file) if file else None)
        counts = {"created": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}
        self.stdout.write(gettext("%(created)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts)
        if outcome.not_in_list:
            self.stdout.write(gettext("Not in the list, kept: %(keys)s") % {"keys": ", ".join(outcome.not_in_list)})

    def _bodies(self) -> None:
        for body in kim_bodies():
            self.stdout.write(f"{body.key:<10}{body.name}")

    def _found(self, options: argparse.Namespace) -> None:
        load_municipalities()
        body = kim_body(options.district)
        if body is None:
            raise CommandError(gettext("There is no such body. kimwerk directory bodies lists all with their keys."))
        try:
            organisation = found_installation(body=body, name=options.name or body.name)
        except AlreadyFounded as error:
            raise CommandError(
                gettext("This database belongs to %(name)s already.") % {"name": error.args[0]}
            ) from error
        self.stdout.write(gettext("%(name)s is founded.") % {"name": organisation.name})
        invite_and_print(self.stdout, options, Role(options.role), organisation)


def _read(file: Path) -> list[PlaceEntry]:
    try:
        if file.stat().st_size > LARGEST_LIST:
            raise ListError(ListProblem.TOO_LARGE)
        return places_from_genericode(file.read_bytes())
    except OSError as error:
        raise CommandError(gettext("The file cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    except ListError as error:
        raise CommandError(_in_words(error)) from error


def _in_words(error: ListError) -> str:
    """What is wrong, where, and what to do."""
    words = {
        ListProblem.TOO_LARGE: gettext("The file is larger than 64 MiB. That is no list of municipalities."),
        ListProblem.NOT_XML: gettext("The file is no XML. Download the list in the format genericode."),
        ListProblem.DOCUMENT_TYPE: gettext(
            "The file declares a document type. Official lists do not; nothing was read."
        ),
        ListProblem.NOT_GENERICODE: gettext("The file is XML, but no code list in genericode."),
        ListProblem.NO_KEY_COLUMN: gettext("The list names no column as its key."),
        ListProblem.NO_NAME_COLUMN: gettext("The list has no column for the names that is known."),
        ListProblem.UNKNOWN_COLUMN: gettext("A value stands in a column that the list does not have."),
        ListProblem.VALUE_TWICE: gettext("A row gives the same column twice."),
        ListProblem.VALUE_TOO_LONG: gettext("A value is longer than 1,000 characters."),
        ListProblem.KEY_MALFORMED: gettext("A key is no official key. Perhaps a program took the leading zero away."),
        ListProblem.KEY_TWICE: gettext("A municipality stands in the list twice."),
        ListProblem.NAME_MISSING: gettext("A municipality has no name."),
        ListProblem.DISTRICT_UNNAMED: gettext("The list does not name the district of a municipality."),
        ListProblem.NOTHING_OF_NRW: gettext("The list holds no municipality of North Rhine-Westphalia."),
    }[error.problem]
    place = gettext("Line %(line)d: ") % {"line": error.line} if error.line else ""
    return f"{place}{words}{f' ({error.found})' if error.found else ''}"
