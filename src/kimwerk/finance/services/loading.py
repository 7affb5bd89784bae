"""Bringing in the funding rules from the project's own data file."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.finance.models import FundingRule
from kimwerk.finance.selectors.rules import rules_in_file


@transaction.atomic
def load_funding_rules() -> int:
    """Put the rules of the file in the place of those that are there. Returns how many there are.

    Runs as the owner: rules are facts of the Land, and the web role only reads them.
    """
    FundingRule.objects.all().delete()
    made = FundingRule.objects.bulk_create(
        FundingRule(
            kind=rule.kind.value,
            grant=rule.grant.value,
            valid=DateRange(rule.valid.start, rule.valid.end),
            ceiling=rule.ceiling.amount,
            per_share=rule.per_share.posts,
            least_share=rule.least_share.posts,
            months=rule.months.value,
            source=rule.source,
        )
        for rule in rules_in_file().rules
    )
    return len(made)
