"""Keeping sites: where counselling takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.directory.services.organisations import locked, unique_name
from kimwerk.kernel.names import sort_key


class ClosesBeforeItOpens(Exception):
    """The closing day does not lie after the opening day."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is known of a site."""

    name: str
    municipality: Municipality
    address: str = ""
    opened_on: date | None = None


@transaction.atomic
def add_site(*, actor: Actor, organisation: Organisation, facts: SiteFacts) -> Site:
    """Add a site of the organisation."""
    organisation = locked(actor, organisation)
    site = Site(organisation=organisation)
    _take_over(site, facts)
    with unique_name():
        site.save()
    return site


@transaction.atomic
def change_site(*, actor: Actor, site: Site, facts: SiteFacts) -> Site:
    """Correct what is known of a site."""
    site = _locked(actor, site)
    _take_over(site, facts)
    _check_days(site)
    with unique_name():
        site.save()
    return site


@transaction.atomic
def close_site(*, actor: Actor, site: Site, on: date) -> None:
    """From this day on the site is no longer offered; entries of the diary keep it."""
    site = _locked(actor, site)
    site.closed_on = on
    _check_days(site)
    site.save(update_fields=["closed_on"])
    record(actor=actor, action="site.closed", subject=site)


@transaction.atomic
def reopen_site(*, actor: Actor, site: Site) -> None:
    """Take the closing back."""
    site = _locked(actor, site)
    site.closed_on = None
    site.save(update_fields=["closed_on"])
    record(actor=actor, action="site.reopened", subject=site)


def _locked(actor: Actor, site: Site) -> Site:
    site = Site.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=site.pk)
    locked(actor, site.organisation)
    return site


def _check_days(site: Site) -> None:
    if site.opened_on and site.closed_on and site.closed_on <= site.opened_on:
        raise ClosesBeforeItOpens(site.pk)


def _take_over(site: Site, facts: SiteFacts) -> None:
    site.name, site.sort_key = facts.name, sort_key(facts.name)
    site.municipality, site.address, site.opened_on = facts.municipality, facts.address, facts.opened_on
