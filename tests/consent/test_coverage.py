"""A disclosure that nothing covers cannot be stored: tried in SQL as the web role, one gap at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.consent.models import Declaration, Disclosure, Grant, Purpose, RecipientGroup, StatutoryBasis
from kimwerk.consent.selectors import coverage, covering_grant, grants_in_force
from kimwerk.consent.services import withdraw
from kimwerk.consent.types import Answer, DeclarationKind, Direction
from kimwerk.directory.models import Organisation
from kimwerk.kernel.data_categories import DataCategory as C
from kimwerk.persons.models import Person
from tests.cast import Cast, as_owner
from tests.consent.consents import COUNTY, JOBCENTER, allow, declaration_facts, grant_facts, text_in_force
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]


@dataclass(frozen=True)
class Row:
    """A disclosure as somebody would write it in SQL."""

    person: int
    recipient: int
    purpose: int
    grant: int | None
    basis: int | None = None
    categories: tuple[str, ...] = ("identity", "concern")
    reason: str = ""

    def insert(self, organisation: int, account: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into consent_disclosure (person_id, organisation_id, recipient_id, purpose_id, categories,"
                " grant_id, statutory_basis_id, basis_reason, content_hash, disclosed_at, disclosed_by_id)"
                " values (%s, %s, %s, %s, %s, %s, %s, %s, 'x', now(), %s)",
                [
                    *(self.person, organisation, self.recipient, self.purpose, list(self.categories)),
                    *(self.grant, self.basis, self.reason, account),
                ],
            )


@dataclass
class Scene:
    """Frieda, a person in her care, and what that person allows the Jobcenter."""

    cast: Cast
    frieda: Actor
    person: Person
    declaration: Declaration
    grant: Grant

    @property
    def row(self) -> Row:
        return Row(self.person.pk, self.cast.organisations[JOBCENTER], self.grant.purpose_id, self.grant.pk)

    def store(self, row: Row) -> None:
        row.insert(self.cast.organisations[COUNTY], self.cast.accounts["frieda"])

    def refuses(self, row: Row, constraint: str = "consent_disclosure_is_covered") -> None:
        with pytest.raises(DatabaseError) as caught:
            self.store(row)
        cause = caught.value.__cause__
        assert cause.diag.constraint_name == constraint
        assert not Disclosure.objects.exists()


@pytest.fixture
def scene(cast: Cast, act_as: ActAs) -> Scene:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    declaration = allow(cast, frieda, person.pk)
    return Scene(cast, frieda, person, declaration, declaration.grants.get())


def test_what_a_grant_covers_is_stored(scene: Scene) -> None:
    scene.store(scene.row)
    stored = Disclosure.objects.get()
    assert stored.disclosed_by_id == scene.frieda.account_id
    assert stored.share_ends_on == scene.grant.valid_until


def test_without_a_grant_and_without_a_law_nothing_is_stored(scene: Scene) -> None:
    scene.refuses(replace(scene.row, grant=None))


def test_a_grant_and_a_law_at_once_are_refused(scene: Scene) -> None:
    scene.refuses(
        replace(scene.row, basis=StatutoryBasis.objects.earliest("pk").pk, reason="x"), "disclosure_has_one_basis"
    )


def test_a_grant_of_somebody_else_covers_nothing(scene: Scene) -> None:
    other = register(scene.cast, scene.frieda, family_name="Beispielenko")
    scene.refuses(replace(scene.row, person=other.pk))


def test_a_grant_for_another_recipient_covers_nothing(scene: Scene) -> None:
    scene.refuses(replace(scene.row, recipient=scene.cast.organisations["Stadt Troisdorf"]))


def test_a_grant_for_another_purpose_covers_nothing(scene: Scene) -> None:
    scene.refuses(replace(scene.row, purpose=Purpose.objects.get(code="work").pk))


def test_one_category_too_many_is_not_covered(scene: Scene) -> None:
    scene.refuses(replace(scene.row, categories=("identity", "health")))


def test_a_disclosure_of_nothing_is_refused(scene: Scene) -> None:
    scene.refuses(replace(scene.row, categories=()), "disclosure_categories_are_known")


def test_a_grant_that_lets_only_them_tell_us_covers_nothing(scene: Scene) -> None:
    other = allow(scene.cast, scene.frieda, scene.person.pk, grant_facts(scene.cast, direction=Direction.FROM))
    scene.refuses(replace(scene.row, grant=other.grants.get().pk))


def test_both_ways_includes_ours(scene: Scene) -> None:
    other = allow(scene.cast, scene.frieda, scene.person.pk, grant_facts(scene.cast, direction=Direction.BOTH))
    scene.store(replace(scene.row, grant=other.grants.get().pk))
    assert Disclosure.objects.count() == 1


def test_a_grant_that_has_not_begun_covers_nothing(scene: Scene) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    other = allow(scene.cast, scene.frieda, scene.person.pk, grant_facts(scene.cast, valid_from=tomorrow))
    scene.refuses(replace(scene.row, grant=other.grants.get().pk))


def test_a_grant_ends_by_itself_after_its_last_day(scene: Scene) -> None:
    today = timezone.localdate()
    ended = grant_facts(scene.cast, valid_from=today - timedelta(9), valid_until=today - timedelta(1))
    last_day = grant_facts(scene.cast, valid_from=today - timedelta(9), valid_until=today)
    other = allow(scene.cast, scene.frieda, scene.person.pk, ended, last_day)
    first, second = other.grants.order_by("valid_until")
    scene.refuses(replace(scene.row, grant=first.pk))
    scene.store(replace(scene.row, grant=second.pk))


def test_a_withdrawn_grant_covers_nothing(scene: Scene) -> None:
    withdraw(actor=scene.frieda, grant=scene.grant)
    scene.refuses(scene.row)


def test_a_withdrawn_declaration_covers_nothing(scene: Scene) -> None:
    withdraw(actor=scene.frieda, declaration=scene.declaration)
    scene.refuses(scene.row)


def test_a_release_from_secrecy_is_no_consent_to_hand_data_out(scene: Scene) -> None:
    from kimwerk.consent.services import declare

    release = text_in_force(scene.cast, DeclarationKind.SECRECY_RELEASE)
    facts = declaration_facts(scene.cast, scene.person.pk, grant_facts(scene.cast), text_id=release.pk)
    other = declare(actor=scene.frieda, facts=facts)
    scene.refuses(replace(scene.row, grant=other.grants.get().pk))


def test_a_closed_recipient_gets_nothing_even_with_a_grant(scene: Scene) -> None:
    with as_owner():
        Organisation.objects.filter(pk=scene.row.recipient).update(closed_on=timezone.localdate())
    scene.refuses(scene.row, "disclosure_recipient_is_open")


def test_a_statutory_basis_needs_a_reason_and_must_be_in_use(scene: Scene) -> None:
    basis = StatutoryBasis.objects.get(code="danger_to_life")
    by_law = replace(scene.row, grant=None, basis=basis.pk)
    scene.refuses(by_law, "disclosure_by_law_has_a_reason")
    with as_owner():
        StatutoryBasis.objects.filter(pk=basis.pk).update(is_active=False)
    scene.refuses(replace(by_law, reason="Akute Gefahr"))
    with as_owner():
        StatutoryBasis.objects.filter(pk=basis.pk).update(is_active=True)
    scene.store(replace(by_law, reason="Akute Gefahr"))


def test_nobody_invents_a_statutory_basis(scene: Scene) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        StatutoryBasis.objects.create(code="because", label="because", law="none")
    assert StatutoryBasis.objects.update(is_active=False) == 0


def test_whoever_only_knows_the_numbers_stores_nothing(scene: Scene, act_as: ActAs) -> None:
    for character in ("mehmet", "karin", "klaus", "doris", "sam"):
        act_as(scene.cast.actor(character))
        with pytest.raises(DatabaseError):
            scene.store(scene.row)
    act_as(Actor(None, ""))
    with pytest.raises(DatabaseError):
        scene.store(scene.row)


def test_the_owner_of_the_tables_is_refused_as_well(scene: Scene) -> None:
    withdraw(actor=scene.frieda, grant=scene.grant)
    with pytest.raises(DatabaseError, match="no consent in force"), transaction.atomic(), as_owner():
        scene.store(scene.row)


def of_yesterday(scene: Scene) -> Disclosure:
    """A disclosure that says of itself that it was made yesterday."""
    return Disclosure(
        person=scene.person,
        organisation_id=scene.cast.organisations[COUNTY],
        recipient_id=scene.row.recipient,
        purpose_id=scene.row.purpose,
        categories=["identity"],
        grant=scene.grant,
        content_hash="x",
        disclosed_by_id=scene.frieda.account_id,
        disclosed_at=datetime.combine(timezone.localdate() - timedelta(1), time(12), timezone.get_current_timezone()),
    )


def test_the_past_is_loaded_only_where_it_was_covered(scene: Scene) -> None:
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
        of_yesterday(scene).save()


def test_the_web_role_dates_no_disclosure_even_if_it_names_maintenance(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local kimwerk.maintenance = 'on'")
    stored = of_yesterday(scene)
    stored.save()
    stored.refresh_from_db()
    assert timezone.localdate(stored.disclosed_at) == timezone.localdate()


def test_a_disclosure_is_never_changed_and_never_deleted(scene: Scene) -> None:
    scene.store(scene.row)
    stored = Disclosure.objects.get()
    changes: tuple[dict[str, object], ...] = (
        {"recipient_id": scene.cast.organisations["Kreis Kleve"]},
        {"categories": ["identity"]},
        {"content_hash": "y"},
        {"disclosed_at": timezone.now()},
        {"share_ends_on": None},
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Disclosure.objects.filter(pk=stored.pk).update(**change)
    for table in ("consent_disclosure", "consent_grant", "consent_declaration"):
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")


def test_a_grant_is_never_stretched(scene: Scene) -> None:
    changes: tuple[dict[str, object], ...] = (
        {"valid_until": timezone.localdate() + timedelta(days=700)},
        {"categories": ["identity", "health"]},
        {"direction": "both"},
        {"person_id": scene.person.pk + 1},
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Grant.objects.filter(pk=scene.grant.pk).update(**change)


def test_a_withdrawal_cannot_be_undone_in_sql(scene: Scene) -> None:
    withdraw(actor=scene.frieda, declaration=scene.declaration)
    with pytest.raises(DatabaseError, match="not set again"), transaction.atomic():
        Grant.objects.filter(pk=scene.grant.pk).update(withdrawn_at=None, withdrawn_by=None)
    with pytest.raises(DatabaseError, match="not set again"), transaction.atomic():
        Declaration.objects.update(withdrawn_at=None, withdrawn_by=None)


def test_a_grant_is_added_to_no_declaration_afterwards(scene: Scene) -> None:
    with as_owner():
        old = Declaration.objects.get(pk=scene.declaration.pk)
        old.pk, old.created_at = None, timezone.now() - timedelta(hours=1)
        old.declared_on = timezone.localdate(old.created_at)
        old.save(force_insert=True)
    with pytest.raises(DatabaseError, match="part of what was declared"), transaction.atomic():
        Grant.objects.create(
            declaration=old,
            person_id=scene.person.pk,
            purpose_id=scene.row.purpose,
            recipient_id=scene.row.recipient,
            categories=["health"],
            direction="to",
            valid_from=timezone.localdate(),
            valid_until=timezone.localdate(),
        )


def test_a_group_covers_whoever_belonged_to_it_when_it_was_signed(scene: Scene, act_as: ActAs) -> None:
    cast, today = scene.cast, timezone.localdate()
    karin = act_as(cast.actor("karin"))
    assert karin.account_id
    group = RecipientGroup.objects.create(organisation_id=cast.organisations[COUNTY], name="Arbeitskreis Wohnen")
    group.members.create(member_id=cast.organisations[JOBCENTER], since=today - timedelta(1))
    late = group.members.create(member_id=cast.organisations["Stadt Troisdorf"], since=today + timedelta(1))
    left = group.members.create(member_id=cast.organisations["Kreis Kleve"], since=today - timedelta(9), until=today)
    act_as(scene.frieda)
    other = allow(cast, scene.frieda, scene.person.pk, grant_facts(cast, group_id=group.pk))
    by_group = replace(scene.row, grant=other.grants.get().pk)
    scene.refuses(replace(by_group, recipient=late.member_id))
    scene.refuses(replace(by_group, recipient=left.member_id))
    scene.store(by_group)
    found = coverage(scene.person.pk, [late.member_id, left.member_id, scene.row.recipient], "referral", [C.IDENTITY])
    assert [each is None for each in found.values()] == [True, True, False]


def test_the_check_before_tells_what_the_database_will_say(scene: Scene) -> None:
    def asked(**changes: object) -> Grant | None:
        wanted: dict[str, object] = {
            "recipient_id": scene.row.recipient,
            "purpose": "referral",
            "categories": [C.IDENTITY],
        } | changes
        return covering_grant(scene.person.pk, **wanted)  # type: ignore[arg-type]  # the changes are the test's

    assert asked() == scene.grant
    assert asked(on=scene.grant.valid_until) == scene.grant
    assert asked(on=scene.grant.valid_until + timedelta(days=1)) is None
    assert asked(on=scene.grant.valid_from - timedelta(days=1)) is None
    assert asked(purpose="work") is None
    assert asked(categories=[C.IDENTITY, C.HEALTH]) is None
    assert grants_in_force(scene.frieda, scene.person.pk) == (scene.grant,)
    withdraw(actor=scene.frieda, grant=scene.grant)
    assert asked() is None
    assert grants_in_force(scene.frieda, scene.person.pk) == ()


def test_a_refusal_allows_nothing(scene: Scene) -> None:
    from kimwerk.consent.services import declare

    facts = declaration_facts(scene.cast, scene.person.pk, answer=Answer.REFUSED, proof=None)
    refused = declare(actor=scene.frieda, facts=facts)
    assert not refused.grants.exists()
    with pytest.raises(DatabaseError, match="part of what was declared"), transaction.atomic():
        Grant.objects.create(
            declaration=refused,
            person_id=scene.person.pk,
            purpose_id=scene.row.purpose,
            recipient_id=scene.row.recipient,
            categories=["identity"],
            direction="to",
            valid_from=timezone.localdate(),
            valid_until=timezone.localdate(),
        )
