"""How the fixed words about a person are said in German, on pages, in letters and in disclosures."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimwerk.persons.types import CareReason, Channel, DocumentKind, ErasureReason, NameKind, Relation, Sex

SEXES: Mapping[Sex, Promise] = {
    Sex.FEMALE: _("female"),
    Sex.MALE: _("male"),
    Sex.DIVERSE: _("diverse"),
    Sex.UNKNOWN: _("not known"),
}
CHANNELS: Mapping[Channel, Promise] = {
    Channel.PHONE: _("By phone"),
    Channel.MESSAGE: _("By text message"),
    Channel.EMAIL: _("By e-mail"),
    Channel.LETTER: _("By letter"),
    Channel.VISIT: _("In person"),
}
ERASURE_REASONS: Mapping[ErasureReason, Promise] = {
    ErasureReason.NOT_NEEDED: _("The time to keep the file is over"),
    ErasureReason.ASKED: _("The person asks for it"),
    ErasureReason.UNLAWFUL: _("The file should never have been opened"),
    ErasureReason.DOUBLE: _("The same person has another file"),
}
NAME_KINDS: Mapping[NameKind, Promise] = {
    NameKind.ORIGINAL_SCRIPT: _("In the original script"),
    NameKind.PASSPORT: _("As in the passport"),
    NameKind.BIRTH: _("Name at birth"),
    NameKind.ALIAS: _("Also known as"),
}
RELATIONS: Mapping[Relation, Promise] = {
    Relation.SPOUSE: _("Spouse"),
    Relation.PARTNER: _("Unmarried partner"),
    Relation.CHILD: _("Child"),
    Relation.PARENT: _("Parent"),
    Relation.SIBLING: _("Sibling"),
    Relation.GRANDPARENT: _("Grandparent"),
    Relation.GRANDCHILD: _("Grandchild"),
    Relation.OTHER: _("Other relation"),
}
DOCUMENT_KINDS: Mapping[DocumentKind, Promise] = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.NATIONAL_ID: _("Identity card of the home country"),
    DocumentKind.TRAVEL_DOCUMENT: _("Travel document for refugees"),
    DocumentKind.RESIDENCE_PERMIT: _("Electronic residence title"),
    DocumentKind.PROVISIONAL: _("Provisional residence document"),
    DocumentKind.ARRIVAL: _("Proof of arrival"),
    DocumentKind.ASYLUM: _("Certificate of the asylum procedure"),
    DocumentKind.TOLERATION: _("Certificate of toleration"),
    DocumentKind.BIRTH_CERTIFICATE: _("Birth certificate"),
    DocumentKind.OTHER: _("Other document"),
}
CARE_REASONS: Mapping[CareReason, Promise] = {
    CareReason.REGISTERED: _("registered the person"),
    CareReason.CASE: _("responsible for a case"),
    CareReason.DEPUTY: _("deputy"),
    CareReason.BREAK_GLASS: _("looked in for a reason given"),
    CareReason.HANDOVER: _("taken over"),
}
