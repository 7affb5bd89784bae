"""What of the directory tells of a person: professional contacts, and who checked them."""

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

CONTACT = PersonalField(Category.CONTACT, Retention.WITH_PARENT, Erasure.DELETE_ROW)
CHECKED = PersonalField(Category.STAFF, Retention.WITH_PARENT, Erasure.BLANK)

FIELDS: dict[str, dict[str, PersonalField]] = {
    "District": dict.fromkeys(("id", "key", "name", "sort_key"), IMPERSONAL),
    "Municipality": dict.fromkeys(
        ("id", "ags", "ars", "name", "official_name", "sort_key", "district", "population", "population_on"), IMPERSONAL
    ),
    "Installation": dict.fromkeys(("id", "name", "is_synthetic", "seed"), IMPERSONAL),
    "Organisation": dict.fromkeys(
        (
            *("id", "name", "sort_key", "kind", "district", "municipality", "is_controller", "closed_on"),
            "verified_on",
        ),
        IMPERSONAL,
    ),
    "Office": dict.fromkeys(("id", "organisation", "name"), IMPERSONAL),
    "Site": dict.fromkeys(
        ("id", "name", "sort_key", "municipality", "organisation", "address", "opened_on", "closed_on"), IMPERSONAL
    ),
    "Contact": {
        "id": IMPERSONAL,
        "organisation": IMPERSONAL,
        "office": IMPERSONAL,
        **dict.fromkeys(("family_name", "given_name", "sort_key", "function", "email", "phone"), CONTACT),
        "verified_on": CHECKED,
        "verified_by_id": CHECKED,
    },
}
