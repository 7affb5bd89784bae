"""`kimwerk demo_links ADDRESS`: one-time sign-in links, one per role of the demo's cast."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.services import create_sign_in_link
from kimwerk.accounts.types import RoleLabel


class Command(BaseCommand):
    """Prints whom one can be in the demo."""

    help = "Print one-time sign-in links for the demo, one per role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="where the server answers, such as http://localhost:8000")

    def handle(self, *args: object, address: str, **options: object) -> None:
        """One line per role, in the order of the table of rights: name, role, link."""
        if not settings.DEMO:
            raise CommandError(gettext("Sign-in links exist in the demo only."))
        shown = [line for role in Role for line in self._lines(role, address.rstrip("/"))]
        if not shown:
            raise CommandError(gettext("Nobody holds a role yet: the demo county is not loaded."))
        names, roles = (max(len(line[column]) for line in shown) for column in (0, 1))
        self.stdout.write("\n" + gettext("kimwerk runs at %(address)s. Sign in as") % {"address": address} + "\n\n")
        for name, role, link in shown:
            self.stdout.write(f"  {name:<{names}}  {role:<{roles}}  {link}")
        self.stdout.write("\n" + gettext("Each link works once, for twelve hours. Ctrl-C stops everything."))

    def _lines(self, role: Role, address: str) -> list[tuple[str, str, str]]:
        """The first of the cast with this role, but everybody of a partner office, since offices see different things.

        The tables of accounts stand outside the walls.
        """
        current = Membership.objects.filter(role=role.value, valid__contains=timezone.localdate())
        held = current.filter(account__is_active=True).select_related("account").order_by("pk")
        label = str(RoleLabel(role.value).label)
        return [
            (each.account.display_name, label, address + _path(each.account))
            for each in (held if role is Role.PARTNER_OFFICE else held[:1])
        ]


def _path(account: Account) -> str:
    return reverse("accounts:demo_sign_in", args=[create_sign_in_link(account=account)])
