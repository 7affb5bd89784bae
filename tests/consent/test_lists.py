"""Keeping purposes, statutory bases and groups of recipients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.consent.models import Grant, Purpose, RecipientGroup, StatutoryBasis
from kimwerk.consent.selectors import covering_grant
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast, as_owner
from tests.consent.consents import COUNTY, JOBCENTER, allow, grant_facts
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


def test_the_officer_adds_and_ends_purposes_and_laws_and_others_only_read(cast: Cast, sign_in: SignIn) -> None:
    doris, frieda = sign_in("doris"), sign_in("frieda")
    purposes, laws = reverse("consent:choices", args=["zwecke"]), reverse("consent:choices", args=["gesetze"])
    assert doris.post(purposes, {"label": "Öffentliche Bücherei: Ausweis"}).status_code == 302
    added = Purpose.objects.get(code="offentliche_bucherei_ausweis")
    assert doris.post(purposes, {"label": "öffentliche Bücherei: ausweis"}).status_code == 422
    facts = {"label": "Meldung einer Krankheit", "law": "§§ 6, 8 IfSG", "note": "Nur an das Gesundheitsamt."}
    assert doris.post(laws, facts).status_code == 302
    assert "§§ 6, 8 IfSG" in frieda.get(laws).content.decode()
    assert frieda.post(laws, facts | {"label": "Noch eine"}).status_code == 404
    doris.post(reverse("consent:offer_word", args=["zwecke", added.pk]))
    assert not Purpose.objects.get(pk=added.pk).is_active
    doris.post(reverse("consent:offer_word", args=["zwecke", added.pk]))
    assert Purpose.objects.get(pk=added.pk).is_active


def test_a_group_is_kept_by_the_coordination_and_covers_only_its_members(
    cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    karin = sign_in("karin")
    groups = reverse("consent:choices", args=["gruppen"])
    answer = karin.post(groups, {"name": "Arbeitskreis Wohnen"})
    group = RecipientGroup.objects.get(name="Arbeitskreis Wohnen")
    page = reverse("consent:group", args=[group.pk])
    assert answer.headers["Location"] == page
    karin.post(page, {"member": cast.organisations[JOBCENTER]})
    assert karin.post(page, {"member": cast.organisations[JOBCENTER]}).status_code == 422
    assert karin.post(page, {"member": cast.organisations[COUNTY]}).status_code == 422
    assert sign_in("frieda").post(page, {"member": cast.organisations["Kreis Kleve"]}).status_code == 404
    assert JOBCENTER in sign_in("doris").get(groups).content.decode()

    act_as(frieda)
    allow(cast, frieda, person.pk, grant_facts(cast, group_id=group.pk))

    def covered(organisation: str) -> Grant | None:
        act_as(frieda)
        return covering_grant(
            person.pk,
            recipient_id=cast.organisations[organisation],
            purpose="referral",
            categories=[DataCategory.IDENTITY],
        )

    assert covered(JOBCENTER)
    assert covered("Stadt Troisdorf") is None
    karin.post(reverse("consent:leave_group", args=[group.pk, group.members.get().pk]))
    assert covered(JOBCENTER) is None
    karin.post(reverse("consent:offer_group", args=[group.pk]))
    assert "Arbeitskreis Wohnen" not in dict(
        sign_in("frieda").get(reverse("consent:declare", args=[person.pk])).context["page"].form.lines[0]
        .fields["recipient"].choices
    ).values()  # fmt: skip


def test_what_was_signed_keeps_its_words(cast: Cast, act_as: ActAs) -> None:
    act_as(cast.actor("frieda"))
    group = RecipientGroup(organisation_id=cast.organisations[COUNTY], name="Arbeitskreis Wohnen")
    with as_owner():
        group.save()
        group.members.create(member_id=cast.organisations[JOBCENTER], since=timezone.localdate())
        for changed in (
            lambda: Purpose.objects.update(label="Alles"),
            lambda: StatutoryBasis.objects.update(law="§ 1"),
            lambda: RecipientGroup.objects.update(name="Alle"),
            lambda: group.members.update(since=timezone.localdate() - timedelta(days=900)),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                changed()
