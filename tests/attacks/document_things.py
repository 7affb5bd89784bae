"""Templates in the world of the attacks: one that names a Frieda, in legal review."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kimwerk.access.walls import set_actor
from kimwerk.desk.packed_surveys import COLUMNS
from kimwerk.documents.models import Received
from kimwerk.documents.packing import pack, unpack
from kimwerk.documents.services.exchange import import_package, make_package
from kimwerk.documents.services.library import (
    ask_review,
    keep_template,
    note_adoption,
    put_into_force,
    review_version,
    write_version,
)
from kimwerk.documents.types import Language, Licence, PackedPart, PartKind, TemplateFacts, TemplateKind, Verdict
from tests.cast import Cast
from tests.steering.bodies import AUTUMN

OF_VERSION = ("version", "compare", "ask_review", "review", "into_force", "withdraw", "adopt", "fill")
OF_DOCUMENTS = {
    **dict.fromkeys((f"documents:{name}" for name in ("template", "change_template", "write_version")), "template"),
    **dict.fromkeys((f"documents:{name}" for name in OF_VERSION), "template_version"),
    **dict.fromkeys(("documents:received_part", "documents:received_file", "desk:take_up_entries"), "received"),
    "desk:take_up_checklist": "received_checklist",
    "desk:take_up_procedure": "received_procedure",
    "desk:take_up_survey": "received_survey",
}


def build_documents(cast: Cast, organisation_id: int) -> dict[str, int]:
    """A template in force with somebody who works with it, and the key that signed it."""
    kim, doris = cast.actor("kim"), cast.actor("doris")
    set_actor(kim.account_id)
    facts = TemplateFacts("Frieda", TemplateKind.LETTER, Licence.BY, "Frieda")
    template = keep_template(actor=kim, organisation_id=organisation_id, facts=facts)
    version = write_version(actor=kim, template=template, language=Language.GERMAN, text="Frieda", reason="Frieda")
    ask_review(actor=kim, version=version)
    set_actor(doris.account_id)
    review_version(actor=doris, version=version, verdict=Verdict.PASSED, remark="Frieda")
    set_actor(kim.account_id)
    put_into_force(actor=kim, version=version, from_day=AUTUMN)
    note_adoption(actor=kim, version=version, adopter="Frieda", adopted_on=AUTUMN)
    make_package(actor=kim, organisation_id=organisation_id, template_ids=[template.pk])
    codes, steps = (("frieda", "Frieda"),), (("-7", "Frieda"),)
    questions = (("text", "Frieda", "", "", "", "", "", "", "", ""),)
    parts = (
        PackedPart(PartKind.CODE_LIST, "topic", "Frieda", Licence.BY, "Frieda", (), ("code", "label"), codes),
        PackedPart(PartKind.PROCEDURE, "checklist-kick_off", "Frieda", Licence.BY, "Frieda", (), ("d", "s"), steps),
        PackedPart(PartKind.PROCEDURE, "resolution-1", "Frieda", Licence.BY, "Frieda", (), ("d", "s"), steps),
        PackedPart(PartKind.SURVEY, "survey-1", "Frieda", Licence.BY, "Frieda", (), COLUMNS, questions),
    )
    package = unpack(pack(Ed25519PrivateKey.generate(), "Frieda", "2022-05-01", (), parts))
    import_package(actor=kim, organisation_id=organisation_id, package=package)
    received, checklist, procedure, survey = Received.objects.order_by("kind", "key").values_list("pk", flat=True)
    return {
        "template": template.pk,
        "template_version": version.pk,
        "received": received,
        "received_checklist": checklist,
        "received_procedure": procedure,
        "received_survey": survey,
    }
