"""Bringing in the funding rules from the project's own data file. All plans are computed anew by them."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.audit.services import record_maintenance
from kimwerk.finance.models import CostPlan, FundingRule
from kimwerk.finance.selectors.plans import inputs_of
from kimwerk.finance.selectors.rules import rules_in_file
from kimwerk.finance.services.settling import settle_inputs


@transaction.atomic
def load_funding_rules() -> int:
    """Put the rules of the file in the place of those that are there. Returns how many there are.

    Sums that are kept for readers without the right to salaries would go stale, so every plan is settled anew.
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
    for plan in CostPlan.objects.order_by("pk").select_for_update():
        settle_inputs(inputs_of(plan, with_costs=True))
    record_maintenance(action="funding_rules.loaded", subject_type=FundingRule._meta.db_table, amount=len(made))
    return len(made)
