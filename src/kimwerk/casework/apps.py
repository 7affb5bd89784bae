from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.shell import Section, belongs_to, offer_page, stands_in


class CaseworkConfig(AppConfig):
    """Cases: clarification, assessment, goals, contacts, closing."""

    name = "kimwerk.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        from kimwerk.casework.erasure import cases_remain, open_cases
        from kimwerk.casework.open_parts import keeps_open
        from kimwerk.casework.selectors.open_work import (
            open_goals,
            open_referrals,
            open_shares,
            open_steps,
            open_tasks,
        )
        from kimwerk.casework.services.forgetting import forget_cases
        from kimwerk.casework.web.at_person import cases_of
        from kimwerk.casework.web.referrals import entrance
        from kimwerk.casework.workload import open_cases_by_account
        from kimwerk.persons.erasures import goes_with_person, may_object_to_erasure, says_what_remains
        from kimwerk.persons.offers import offer_at_person
        from kimwerk.staffing.workload import offer_workload

        offer_page(Section.CASES, "casework:list", title=_("My cases"), order=0)
        offer_page(Section.CASES, "casework:overview", title=_("Cases of the team"), order=5)
        offer_page(Section.CASES, "casework:short_advice", title=_("Short advice"), order=15)
        offer_page(Section.CASES, "casework:samples", title=_("Quality samples"), order=60)
        offer_page(Section.ADMINISTRATION, "casework:rules", title=_("Rules of casework"), order=45)
        offer_page(Section.ADMINISTRATION, "casework:lists", title=_("Lists of casework"), order=46)
        belongs_to("casework:overview", "casework:break_glass", "casework:hand_over", "casework:deputise")
        stands_in("casework:overview", "casework:list")
        offer_at_person(cases_of, order=10)
        offer_workload(open_cases_by_account)
        may_object_to_erasure(open_cases)
        goes_with_person(forget_cases)
        says_what_remains(cases_remain)
        for check in (open_goals, open_steps, open_referrals, open_tasks, open_shares):
            keeps_open(check)
        entrance.open_doors()
