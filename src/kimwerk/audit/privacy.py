"""What of the log tells of a person: who acted, by number. It is proof and stays as long as proof is needed."""

from kimwerk.kernel.personal import IMPERSONAL, Category, Erasure, PersonalField, Retention

ACTING = PersonalField(Category.STAFF, Retention.EVIDENCE, Erasure.KEEP)
"""A number of an account; whose it is was known only while the account's name stands."""

FIELDS: dict[str, dict[str, PersonalField]] = {
    "Event": {
        "id": IMPERSONAL,
        "at": ACTING,
        "actor_id": ACTING,
        "kind": IMPERSONAL,
        "action": IMPERSONAL,
        "subject_type": IMPERSONAL,
        "subject_id": ACTING,
        "columns": IMPERSONAL,
        "amount": IMPERSONAL,
        "request_id": IMPERSONAL,
        "digest": IMPERSONAL,
    },
    "Seal": dict.fromkeys(("id", "first_event", "last_event", "events", "hash", "sealed_at"), IMPERSONAL),
}
