"""What of money tells of a person: what a single share of a post costs."""

from __future__ import annotations

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

_SALARY = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.DELETE_ROW)


def _fields(names: str, **special: PersonalField) -> dict[str, PersonalField]:
    return dict.fromkeys(names.split(), IMPERSONAL) | special


FIELDS: dict[str, dict[str, PersonalField]] = {
    "CostPlan": _fields("id organisation name title first_year last_year note is_in_force"),
    "PlanPost": _fields("id plan title group kind share post_share occupied funded_elsewhere"),
    "PostCost": _fields("id post", yearly=_SALARY, grade=_SALARY, step=_SALARY),
    "PlanLine": _fields("id plan position key title side basis rounding groups of is_personnel source"),
    "PlanRate": _fields("id line year value"),
    "SettledAmount": _fields("id line scenario year people amount"),
    "Scenario": _fields(
        "id plan name tariff_percent tariff_since ceiling_coordination ceiling_case_management rate_line rate"
        " vacant_post vacant removed_post extra_kind extra_group extra_share extra_cost is_full_year"
    ),
    "BookingUpload": _fields(
        "id plan year known uploaded_at applied_at", file_name=_SALARY, rows=_SALARY, refused=_SALARY
    ),
    "Booking": _fields("id line upload booked_on reference", amount=_SALARY, text=_SALARY),
    "BookedMonth": _fields("id line year month people amount"),
    "FundsCall": _fields("id line year called_on amount received_on note"),
    "ProofReport": _fields("id plan year text due_on"),
    "Grade": _fields("id organisation name valid_from steps source"),
    "HandedInProof": _fields("id plan year handed_in_on content_hash made_at", content=_SALARY),
    "SharedCost": _fields("id plan year role bearer municipality title amount is_reliable source"),
    "PassThrough": _fields("id plan recipient post kind share days yearly contract signed_on"),
    "PassThroughMove": _fields("id pass_through year kind on amount note"),
    "FundingRule": _fields("id kind grant valid ceiling per_share least_share months source"),
}
