"""What the operator's commands share: naming a person, and printing the link of an invitation."""

from __future__ import annotations

import argparse

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kimwerk.access.roles import Role
from kimwerk.accounts.services import AccountIsClosed, NotAController, RoleHeldAlready, invite_as_operator
from kimwerk.accounts.services.invitations import Person, Post
from kimwerk.directory.models import Organisation


def add_person_arguments(parser: argparse.ArgumentParser, *, default_role: Role | None) -> None:
    """The options that say who is invited to which role."""
    parser.add_argument("--email", required=True, help="the address with which the person signs in")
    parser.add_argument("--given-name", required=True)
    parser.add_argument("--family-name", required=True)
    parser.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=default_role.value if default_role else None,
        required=default_role is None,
    )
    parser.add_argument("--address", default="", help="where the server answers, such as https://kimwerk.example")


def invite_and_print(out: OutputWrapper, options: argparse.Namespace, role: Role, organisation: Organisation) -> None:
    """Invite and print the one-time link; the operator hands it to the person."""
    try:
        validate_email(options.email)
        invited = invite_as_operator(
            person=Person(options.email, options.given_name, options.family_name),
            post=Post(role, organisation, None, timezone.localdate()),
        )
    except ValidationError as error:
        raise CommandError(gettext("This is no e-mail address.")) from error
    except AccountIsClosed as error:
        raise CommandError(gettext("There is a closed account with this address.")) from error
    except RoleHeldAlready as error:
        raise CommandError(gettext("The account holds this role there already.")) from error
    except NotAController as error:
        raise CommandError(gettext("Roles cannot be held at this organisation: it keeps no data here.")) from error
    out.write(gettext("The invitation, valid once and for seven days:"))
    out.write(options.address.rstrip("/") + reverse("accounts:accept", args=[invited.token]))
