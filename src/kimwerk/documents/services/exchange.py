"""Handing templates and more to another county in a signed package, and taking over what another one sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.accounts.sealing import open_sealed, seal
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.documents.models import Received, SigningKey, Template, TemplateVersion
from kimwerk.documents.offers import parts_of
from kimwerk.documents.packing import pack
from kimwerk.documents.parts import written
from kimwerk.documents.types import (
    SHARED,
    DocumentsProblem,
    DocumentsRefused,
    Language,
    Licence,
    Package,
    PackedPart,
    PackedTemplate,
    PackedVersion,
    TemplateKind,
    VersionState,
)

PURPOSE = "documents.signing"


class Fate(StrEnum):
    """What becomes of a version of a package here."""

    NEW = "new"  # the template is not here yet
    NEW_VERSION = "new_version"
    KNOWN = "known"  # the same text stands here already
    OWN_DRAFT = "own_draft"  # a draft of one's own stands in its place
    NAME_TAKEN = "name_taken"  # another template here has its title


@dataclass(frozen=True, slots=True)
class Planned:
    """A version or a part of a package and what would become of it."""

    template: PackedTemplate | PackedPart
    version: PackedVersion | None
    fate: Fate

    @property
    def is_taken(self) -> bool:
        """Whether it would be taken over."""
        return self.fate in (Fate.NEW, Fate.NEW_VERSION)


@transaction.atomic
def make_package(
    *, actor: Actor, organisation_id: int, template_ids: Collection[int], part_keys: Collection[str] = ()
) -> str:
    """A signed package of chosen templates and parts: what is in force, under a licence that lets it leave the county.

    Raises DocumentsRefused where nothing of the kind was chosen.
    """
    if not actor.can_at(Permission.TEMPLATE_KEEP, organisation_id):
        raise PermissionDenied
    found = Template.objects.kept_by(actor).filter(organisation=organisation_id, pk__in=template_ids)
    shared = found.filter(licence__in=[licence.value for licence in SHARED]).order_by("title")
    packed = tuple(each for template in shared if (each := _packed(template)).versions)
    offered = parts_of(actor, organisation_id) if part_keys else ()
    parts = tuple(each for each in offered if name_of(each) in part_keys and each.licence in SHARED)
    if not packed and not parts:
        raise DocumentsRefused(DocumentsProblem.NOT_SHARED)
    home = Organisation.objects.get(pk=organisation_id)
    key = _signing_key(home)
    record(actor=actor, action="package.made", amount=len(packed) + len(parts))
    return pack(key, home.name, timezone.localdate().isoformat(), packed, parts)


def name_of(part: PackedPart) -> str:
    """By what a part is chosen."""
    return f"{part.kind.value}:{part.key}"


def plan_import(actor: Actor, organisation_id: int, package: Package) -> list[Planned]:
    """What would become of everything in a package here. Changes nothing."""
    versions = [each for template in package.templates for each in _plan(actor, organisation_id, template)]
    return versions + [_plan_part(actor, organisation_id, part) for part in package.parts]


@transaction.atomic
def import_package(*, actor: Actor, organisation_id: int, package: Package) -> int:
    """Take over what is new as drafts, with origin and licence; returns how many. One's own review follows."""
    if not actor.can_at(Permission.TEMPLATE_KEEP, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    taken = [each for each in plan_import(actor, organisation_id, package) if each.is_taken]
    for each in taken:
        if isinstance(each.template, PackedPart) or each.version is None:
            _take_part(actor.account_id, organisation_id, package, each.template)
            continue
        template = _taken_template(organisation_id, package, each.template)
        versions = template.versions.filter(language=each.version.language.value)
        TemplateVersion.objects.create(
            template=template,
            language=each.version.language.value,
            number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
            text=each.version.text,
            reason=f"{package.sender}, {each.version.number} ({package.made_on})"[:200],
            written_on=timezone.localdate(),
            written_by_id=actor.account_id,
        )
    record(actor=actor, action="package.imported", amount=len(taken))
    return len(taken)


def public_key_of(organisation: Organisation) -> bytes | None:
    """The public half of an organisation's key, if it has signed a package already."""
    found = SigningKey.objects.filter(organisation=organisation).first()
    return _opened(found).public_key().public_bytes_raw() if found else None


def _plan(actor: Actor, organisation_id: int, packed: PackedTemplate) -> Iterator[Planned]:
    here = Template.objects.visible_to(actor).filter(organisation=organisation_id)
    template = here.filter(key=packed.key).first()
    if template is None:
        fate = Fate.NAME_TAKEN if here.filter(title=packed.title).exists() else Fate.NEW
        yield from (Planned(packed, version, fate) for version in packed.versions)
        return
    for version in packed.versions:
        standing = template.versions.filter(language=version.language.value)
        if standing.filter(text=version.text).exists():
            yield Planned(packed, version, Fate.KNOWN)
        elif standing.filter(state=VersionState.DRAFT.value).exists():
            yield Planned(packed, version, Fate.OWN_DRAFT)
        else:
            yield Planned(packed, version, Fate.NEW_VERSION)


def _plan_part(actor: Actor, organisation_id: int, part: PackedPart) -> Planned:
    here = Received.objects.visible_to(actor).filter(organisation=organisation_id)
    found = here.filter(kind=part.kind.value, key=part.key, origin=part.origin).first()
    if found is None:
        return Planned(part, None, Fate.NEW)
    return Planned(part, None, Fate.KNOWN if found.content == _content(part) else Fate.NEW_VERSION)


def _take_part(account_id: int, organisation_id: int, package: Package, part: PackedTemplate | PackedPart) -> None:
    if not isinstance(part, PackedPart):
        return
    Received.objects.update_or_create(
        organisation_id=organisation_id,
        kind=part.kind.value,
        key=part.key,
        origin=part.origin,
        defaults={
            "title": part.title,
            "licence": part.licence.value,
            "content": _content(part),
            "sender": package.sender,
            "sender_key": package.fingerprint,
            "received_on": timezone.localdate(),
            "received_by_id": account_id,
        },
    )


def _content(part: PackedPart) -> str:
    return json.dumps(written(part), ensure_ascii=False, sort_keys=True)


def _taken_template(organisation_id: int, package: Package, packed: PackedTemplate) -> Template:
    template, _made = Template.objects.get_or_create(
        organisation_id=organisation_id,
        key=packed.key,
        defaults={
            "title": packed.title,
            "kind": packed.kind.value,
            "licence": packed.licence.value,
            "purpose": packed.purpose,
            "origin": packed.origin,
            "sender_key": package.fingerprint,
        },
    )
    return template


def _packed(template: Template) -> PackedTemplate:
    in_force = template.versions.filter(state=VersionState.IN_FORCE.value).order_by("language")
    return PackedTemplate(
        str(template.key),
        template.title,
        TemplateKind(template.kind),
        Licence(template.licence),
        template.purpose,
        template.origin,
        tuple(PackedVersion(Language(each.language), each.number, each.text) for each in in_force),
    )


def _signing_key(organisation: Organisation) -> Ed25519PrivateKey:
    """The key of the organisation, made when it is first needed."""
    found = SigningKey.objects.select_for_update().filter(organisation=organisation).first()
    if found is not None:
        return _opened(found)
    key = Ed25519PrivateKey.generate()
    sealed = seal(key.private_bytes_raw().hex(), purpose=PURPOSE)
    SigningKey.objects.create(organisation=organisation, sealed=sealed, made_on=timezone.localdate())
    return key


def _opened(found: SigningKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(open_sealed(found.sealed, purpose=PURPOSE)))
