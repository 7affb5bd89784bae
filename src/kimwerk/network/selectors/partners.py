"""Bodies with the last contact, who knows whom, and the contacts themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account
from kimwerk.directory.models import Organisation
from kimwerk.directory.types import OrganisationKind
from kimwerk.network.models import Encounter
from kimwerk.network.types import SILENT_AFTER, EncounterKind


class Contacted(StrEnum):
    """Which bodies are asked for, by their last contact."""

    EVER = "ever"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class PartnerWish:
    """Which bodies are asked for."""

    kind: OrganisationKind | None = None
    contacted: Contacted | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class EncounterWish:
    """Which contacts are asked for."""

    kind: EncounterKind | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A body with its contacts: the last one, by whom it was, and how many there were."""

    partner: Organisation
    last: Encounter | None
    count: int


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody of the office who knows a body: how often and when last they met."""

    account: Account
    count: int
    last_on: date


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A working group with the last time somebody of the office was there."""

    name: str
    count: int
    last_on: date


def partner_keys(actor: Actor, wish: PartnerWish) -> QuerySet[Organisation, int]:
    """The keys of the bodies asked for, by name: the list is cut before anything else is read."""
    today = timezone.localdate()
    homes = actor.scope(Permission.NETWORK_READ).touched_organisations
    found = Organisation.objects.visible_to(actor).existing(today).exclude(pk__in=homes)
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.name:
        found = found.filter(name__icontains=wish.name)
    met = Encounter.objects.visible_to(actor).filter(partner=OuterRef("pk"))
    if wish.contacted is Contacted.NEVER:
        found = found.filter(~Exists(met))
    elif wish.contacted is not None:
        found = found.filter(Exists(met))
    if wish.contacted is Contacted.SILENT:
        found = found.filter(~Exists(met.filter(on_day__gte=today - SILENT_AFTER)))
    return found.order_by("sort_key", "pk").values_list("pk", flat=True)


def partners_of(actor: Actor, keys: Collection[int]) -> list[PartnerLine]:
    """These bodies with their contacts, by name. Four queries, however many."""
    met = Encounter.objects.visible_to(actor)
    newest = met.filter(partner=OuterRef("pk")).order_by("-on_day", "-pk").values("pk")[:1]
    counts = dict(met.filter(partner__in=keys).values_list("partner").annotate(count=Count("pk")).order_by())
    found = Organisation.objects.visible_to(actor).filter(pk__in=keys)
    last_met = dict(found.values_list("pk", Subquery(newest)))
    last = {each.partner_id: each for each in met.filter(pk__in=last_met.values()).select_related("met_by")}
    bodies = found.select_related("municipality").order_by("sort_key", "pk")
    return [PartnerLine(each, last.get(each.pk), counts.get(each.pk, 0)) for each in bodies]


def who_knows(actor: Actor, partner: Organisation) -> list[Acquaintance]:
    """Who of the office has met a body, the latest first. Two queries."""
    met = Encounter.objects.visible_to(actor).filter(partner=partner)
    told = list(met.values_list("met_by").annotate(count=Count("pk"), last=Max("on_day")).order_by("-last", "met_by"))
    accounts = Account.objects.in_bulk([account for account, _count, _last in told])
    return [Acquaintance(accounts[account], count, last) for account, count, last in told if account in accounts]


def encounters_with(actor: Actor, partner: Organisation) -> QuerySet[Encounter]:
    """All contacts with a body, the newest first."""
    found = Encounter.objects.visible_to(actor).filter(partner=partner)
    return found.select_related("met_by", "municipality").order_by("-on_day", "-pk")


def encounters_for(actor: Actor, wish: EncounterWish) -> QuerySet[Encounter]:
    """The contacts asked for, the newest first."""
    found = Encounter.objects.visible_to(actor).select_related("partner", "met_by", "municipality")
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.group:
        found = found.filter(group=wish.group)
    return found.order_by("-on_day", "-pk")


def groups_of(actor: Actor) -> list[GroupLine]:
    """The working groups in which the office was, by name."""
    met = Encounter.objects.visible_to(actor).exclude(group="")
    told = met.values_list("group").annotate(count=Count("pk"), last=Max("on_day")).order_by("group")
    return [GroupLine(name, count, last) for name, count, last in told]


def waiting_for(actor: Actor, silent_since: date, soon: date) -> QuerySet[Encounter]:
    """One's own last contacts with bodies that nobody has met since a day, or that were to be met again soon."""
    own = Encounter.objects.kept_by(actor).filter(met_by=actor.account_id)
    waiting = own.filter(Q(next_on__lte=soon) | Q(on_day__lt=silent_since, next_on__isnull=True))
    return waiting.newest().select_related("partner").order_by("next_on", "on_day", "pk")
