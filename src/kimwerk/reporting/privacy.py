"""What reports keep about people: who wrote, ordered and released. Figures hold counts only."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_AUTHOR = PersonalField(Category.STAFF, Retention.STATISTICS, Erasure.PSEUDONYMISE)
_RELEASER = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)


_OWNER = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.DELETE_ROW)

_LOADED = PersonalField(Category.CLIENT, Retention.SHORT, Erasure.DELETE_ROW)


def _fields(names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), IMPERSONAL) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Report": _fields(
        "id organisation template title window_start window_end parameters version created_at changed_at",
        created_by=_AUTHOR,
        changed_by=_AUTHOR,
    ),
    "ReportSection": _fields("id report position level heading text key version removed_at", removed_by=_AUTHOR),
    "PlacedFigure": _fields(
        "id section position key by window_start window_end chart caption only removed_at", removed_by=_AUTHOR
    ),
    "ReportBuild": _fields(
        "id report report_version state ordered_at started_at finished_at content html pdf", ordered_by=_AUTHOR
    ),
    "Exploration": _fields("id organisation title question figure definition is_shared kept_at", kept_by=_OWNER),
    "DataSet": _fields(
        "id title unit blank_rows bands reference_date loaded_at expires_on",
        account=_OWNER,
        columns=_LOADED,
        rows=_LOADED,
        merges=_LOADED,
    ),
    "Edition": _fields(
        "id report organisation number label title window_start window_end content content_hash html pdf released_at",
        released_by=_RELEASER,
    ),
}
