"""Who is acting, and where their rights hold. Every read and every errand takes an actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role, rights_of


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held now: at one organisation, in all of it (None) or in one municipality."""

    role: Role
    organisation_id: int
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a right holds: in whole organisations, and at single municipalities of organisations."""

    organisations: frozenset[int] = frozenset()
    places: frozenset[tuple[int, int]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.organisations or self.places)

    def covers(self, organisation_id: int, municipality_id: int | None) -> bool:
        """Whether the right holds for something of this organisation at this municipality."""
        if organisation_id in self.organisations:
            return True
        return municipality_id is not None and (organisation_id, municipality_id) in self.places

    @property
    def touched_organisations(self) -> frozenset[int]:
        """All organisations in which the right holds at least somewhere."""
        return self.organisations | {organisation for organisation, _ in self.places}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or changes something. Without an account there are no rights at all."""

    account_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    _scopes: dict[Permission, Scope] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_nobody(self) -> bool:
        """Whether nobody is signed in."""
        return self.account_id is None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def scope(self, permission: Permission) -> Scope:
        """Where the right holds for this actor; an empty scope is falsy."""
        if self.is_nobody:
            return Scope()
        if permission not in self._scopes:
            self._scopes[permission] = _scope(g for g in self.grants if permission in rights_of(g.role))
        return self._scopes[permission]

    def at(self, organisation_id: int) -> Actor:
        """The same person with the rights held at this organisation alone; never with more."""
        return Actor(self.account_id, self.name, tuple(g for g in self.grants if g.organisation_id == organisation_id))

    def can(self, permission: Permission) -> bool:
        """Whether the right holds anywhere: decides on menus and doors, never on a single record."""
        return bool(self.scope(permission))

    def can_at(self, permission: Permission, organisation_id: int, municipality_id: int | None = None) -> bool:
        """Whether the right holds for a record of this organisation and municipality."""
        return self.scope(permission).covers(organisation_id, municipality_id)


def _scope(grants: Iterable[Grant]) -> Scope:
    listed = tuple(grants)
    return Scope(
        organisations=frozenset(g.organisation_id for g in listed if g.municipality_id is None),
        places=frozenset((g.organisation_id, g.municipality_id) for g in listed if g.municipality_id is not None),
    )


NOBODY = Actor(account_id=None, name="")
"""The actor of a request without a sign-in."""


def role_table() -> Mapping[tuple[Role, Permission], bool]:
    """The whole table as a mapping, for the page that shows it and the tests that walk it."""
    return {(role, permission): permission in rights_of(role) for role in Role for permission in Permission}
