"""Reads about consent and disclosures. Expiry and withdrawal are decided when they are asked."""

from kimwerk.consent.selectors.coverage import coverage, covering_grant, grants_in_force
from kimwerk.consent.selectors.ledger import (
    ByLaw,
    content_of,
    disclosed_about,
    disclosed_by_law,
    lists_disclosed_by_law,
    month_by_law,
    received_by,
    to_be_deleted_by,
)

__all__ = [
    "ByLaw",
    "content_of",
    "coverage",
    "covering_grant",
    "disclosed_about",
    "disclosed_by_law",
    "grants_in_force",
    "lists_disclosed_by_law",
    "month_by_law",
    "received_by",
    "to_be_deleted_by",
]
