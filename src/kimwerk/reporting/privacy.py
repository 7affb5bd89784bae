"""What reports keep about people: who wrote, ordered and released. Figures hold counts only."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_AUTHOR = PersonalField(Category.STAFF, Retention.STATISTICS, Erasure.PSEUDONYMISE)
_TALK = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.BLANK)
_RELEASER = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.PSEUDONYMISE)


_OWNER = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.DELETE_ROW)

_LOADED = PersonalField(Category.CLIENT, Retention.SHORT, Erasure.DELETE_ROW)


def _fields(names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), IMPERSONAL) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "Report": _fields(
        "id organisation template title window_start window_end parameters committee session_on competence attachments"
        " continues schedule version created_at changed_at",
        created_by=_AUTHOR,
        changed_by=_AUTHOR,
    ),
    "ReportSection": _fields(
        "id report position level heading text key version removed_at", author=_AUTHOR, removed_by=_AUTHOR
    ),
    "SectionComment": _fields("id section written_at settled_at", text=_TALK, written_by=_AUTHOR, settled_by=_AUTHOR),
    "PlacedFigure": _fields(
        "id section position key by window_start window_end chart caption only removed_at", removed_by=_AUTHOR
    ),
    "ReportBuild": _fields(
        "id report report_version state ordered_at started_at finished_at content html pdf docx xlsx",
        ordered_by=_AUTHOR,
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
        "id report organisation number label title window_start window_end content content_hash html pdf docx xlsx"
        " released_at continues reason",
        released_by=_RELEASER,
        written_by=_RELEASER,
    ),
    "PublishedTable": _fields(
        "id organisation publication position name figure definition window_start window_end kept threshold"
        " published_at",
        published_by=_RELEASER,
    ),
    "ReportSchedule": _fields(
        "id organisation template rhythm title committee created_at ended_at",
        author=_AUTHOR,
        created_by=_AUTHOR,
        ended_by=_AUTHOR,
    ),
    "Publication": _fields(
        "id edition organisation slug title publisher region window_start window_end threshold state ordered_at"
        " published_at cells suppressed cost gap differences left_out with_report withdrawn_at withdrawal_reason",
        ordered_by=_RELEASER,
        withdrawn_by=_RELEASER,
    ),
    "OpenTable": _fields("id publication position title content content_hash"),
    "FactSheet": _fields("id publication ags name content pdf"),
    "PublicPaper": _fields("id publication html pdf docx xlsx"),
}
