"""As whom a command of the command line acts: nobody is not enough, there as anywhere."""

from __future__ import annotations

import os
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Membership
from kimwerk.accounts.selectors import actor_by_email, actor_by_id

VARIABLE = "KIMWERK_ACTOR"


def add_actor_argument(parser: ArgumentParser) -> None:
    """The option --as."""
    parser.add_argument(
        "--as",
        dest="actor_email",
        metavar="EMAIL",
        default="",
        help=f"act as this account; otherwise {VARIABLE}, and in the demo the KIM coordination",
    )


def console_actor(email: str = "") -> Actor:
    """Whom --as names, else the environment, else in the demo the KIM coordination; CommandError if nobody."""
    named = email or os.environ.get(VARIABLE, "")
    if named:
        actor = actor_by_email(named)
        if actor is None:
            raise CommandError(_("There is no active account with a current role for %(email)s.") % {"email": named})
        return actor
    actor = _coordination() if settings.DEMO else None
    if actor is None:
        raise CommandError(
            _("Say as whom you act: with --as EMAIL or in the variable %(variable)s.") % {"variable": VARIABLE}
        )
    return actor


def _coordination() -> Actor | None:
    membership = (
        Membership.objects.filter(role=Role.KIM_COORDINATION.value, account__is_active=True)
        .current(timezone.localdate())
        .order_by("pk")
        .first()
    )
    return actor_by_id(membership.account_id) if membership else None
