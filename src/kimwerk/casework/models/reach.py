"""Conditions over cases by what an actor may do with them, for querysets of cases and of their parts."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def own(actor: Actor, path: str = "") -> Q:
    """Cases the actor works on, as responsible or as deputy, where the right to it still holds.

    `path` leads to the case from where the condition is put, such as "case__".
    """
    mine = Q(**{f"{path}responsible": actor.account_id})
    deputised = Q(**{f"{path}deputy": actor.account_id}) & (
        Q(**{f"{path}deputy_until__isnull": True}) | Q(**{f"{path}deputy_until__gte": TruncDate(Now())})
    )
    return at(actor, Permission.CASE_WORK, path) & (mine | deputised)


def at(actor: Actor, permission: Permission, path: str = "") -> Q:
    """Cases of the organisations at which the actor holds the right, throughout or somewhere."""
    homes = sorted(actor.scope(permission).touched_organisations)
    return Q(**{f"{path}organisation__in": homes})
