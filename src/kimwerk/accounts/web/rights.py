"""\"Rollen und Rechte\": the table of rights for whoever reviews it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role, rights_of
from kimwerk.accounts.types import PERMISSION_LABELS, ROLE_PURPOSES, RoleLabel
from kimwerk.accounts.web.pages import RightsPage, RightsRow


@needs(Permission.ACCOUNT_READ)
def rights(request: ActorRequest) -> HttpResponse:
    """The whole table, as the code and the database's walls have it."""
    page = RightsPage(
        roles=tuple((RoleLabel(role.value).label, ROLE_PURPOSES[role]) for role in Role),
        rows=tuple(
            RightsRow(
                PERMISSION_LABELS[permission],
                tuple((RoleLabel(role.value).label, permission in rights_of(role)) for role in Role),
            )
            for permission in Permission
        ),
    )
    return render(request, "accounts/rights.html", {"page": page})
