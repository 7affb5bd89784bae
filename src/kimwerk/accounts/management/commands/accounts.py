"""`kimwerk accounts invite` and `kimwerk accounts close`: the operator's way, for what nobody in the program may do."""

from __future__ import annotations

import argparse

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.accounts.management.operator import add_person_arguments, invite_and_print
from kimwerk.accounts.models import Account
from kimwerk.accounts.services import close_account_as_operator
from kimwerk.accounts.types import ClosingReason
from kimwerk.directory.models import Organisation


class Command(BaseCommand):
    """Invites to any role, or closes any account."""

    help = "Invite somebody to any role (the data protection officer's, for one), or close an account."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="errand", required=True)
        invite = commands.add_parser("invite", help="make an account with a role and print the link of its invitation")
        invite.add_argument("--organisation", required=True, help="the organisation's name, as the directory has it")
        add_person_arguments(invite, default_role=None)
        close = commands.add_parser("close", help="close an account")
        close.add_argument("email")
        close.add_argument(
            "--reason", choices=[reason.value for reason in ClosingReason], default=ClosingReason.LEFT.value
        )

    def handle(self, *args: object, errand: str, **options: str) -> None:
        """Run the errand as the owner role behind the walls."""
        with maintenance():
            if errand == "invite":
                self._invite(argparse.Namespace(**options))
            else:
                self._close(options["email"], ClosingReason(options["reason"]))

    def _invite(self, options: argparse.Namespace) -> None:
        organisation = Organisation.objects.existing(timezone.localdate()).filter(name=options.organisation).first()
        if organisation is None:
            raise CommandError(gettext("There is no organisation of this name."))
        invite_and_print(self.stdout, options, Role(options.role), organisation)

    def _close(self, email: str, reason: ClosingReason) -> None:
        account = Account.objects.active().filter(email__iexact=email).first()
        if account is None:
            raise CommandError(gettext("There is no open account with this address."))
        close_account_as_operator(account=account, reason=reason)
        self.stdout.write(gettext("The account is closed."))
