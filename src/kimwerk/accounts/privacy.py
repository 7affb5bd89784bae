"""What of the accounts tells of the people who work with the program."""

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

NAME = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.PSEUDONYMISE)
EMPLOYMENT = PersonalField(Category.STAFF, Retention.WHILE_EMPLOYED, Erasure.BLANK)
ROLE = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.KEEP)
SECRET = PersonalField(Category.SECRET, Retention.WHILE_EMPLOYED, Erasure.BLANK)
PASSING = PersonalField(Category.STAFF, Retention.SHORT, Erasure.DELETE_ROW)
TOKEN = PersonalField(Category.SECRET, Retention.SHORT, Erasure.DELETE_ROW)

_TOKEN_FIELDS = {
    "id": IMPERSONAL,
    "account": PASSING,
    "token_hash": TOKEN,
    **dict.fromkeys(("created_at", "expires_at", "used_at"), PASSING),
}

FIELDS: dict[str, dict[str, PersonalField]] = {
    "Account": {
        "id": IMPERSONAL,
        "password": SECRET,
        **dict.fromkeys(("email", "family_name", "given_name", "sort_key", "short_sign"), NAME),
        **dict.fromkeys(("last_login", "last_seen_on", "created_at", "closed_at", "closed_reason"), EMPLOYMENT),
        "is_active": EMPLOYMENT,
    },
    "Membership": {
        "id": IMPERSONAL,
        **dict.fromkeys(("account", "role", "organisation", "municipality", "valid", "granted_by", "granted_at"), ROLE),
    },
    "RoleRight": dict.fromkeys(("id", "role", "permission"), IMPERSONAL),
    "Invitation": {**_TOKEN_FIELDS, "invited_by": PASSING, "sent_at": PASSING},
    "SignInLink": _TOKEN_FIELDS,
}
