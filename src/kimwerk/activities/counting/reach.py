"""Whose entries an actor may count. The database's wall stands behind it and says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Reach:
    """Whole organisations, single municipalities of others, and one's own entries anywhere."""

    organisations: frozenset[int]
    places: frozenset[tuple[int, int]]
    own: int | None

    def within(self, organisation: int) -> Reach:
        """What of it lies in one organisation; one's own entries are narrowed where they are read."""
        places = frozenset(place for place in self.places if place[0] == organisation)
        return replace(self, organisations=self.organisations & {organisation}, places=places)

    @property
    def has_outside(self) -> bool:
        """Whether entries may be counted beyond whole organisations."""
        return bool(self.places) or self.own is not None


def countable(actor: Actor) -> Reach:
    """What `Activity.objects.countable_by` lets pass."""
    return _reach(actor, Permission.FIGURE_READ, Permission.ACTIVITY_READ)


def readable(actor: Actor) -> Reach:
    """What `Activity.objects.visible_to` lets pass: asked for wherever a count tells of a colleague."""
    return _reach(actor, Permission.ACTIVITY_READ)


def readable_in_teams(actor: Actor) -> Reach:
    """What `Activity.objects.team_of` lets pass: the diaries of others, and one's own only among them."""
    return replace(readable(actor), own=None)


def _reach(actor: Actor, *permissions: Permission) -> Reach:
    scopes = [actor.scope(permission) for permission in permissions]
    organisations = frozenset[int]().union(*(scope.organisations for scope in scopes))
    places = frozenset[tuple[int, int]]().union(*(scope.places for scope in scopes))
    return Reach(
        organisations,
        frozenset(place for place in places if place[0] not in organisations),
        actor.account_id if actor.can(Permission.ACTIVITY_LOG) else None,
    )
