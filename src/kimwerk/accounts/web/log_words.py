"""The log in words: kinds, tables and acts. What has no word yet is shown as it stands."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.audit.types import Kind
from kimwerk.kernel.figures import Text

KINDS: Mapping[str, Text] = {
    Kind.CHANGE.value: _("changed"),
    Kind.ACT.value: _("done"),
    Kind.READ.value: _("read"),
    Kind.REFUSED.value: _("refused"),
}

TABLES: Mapping[str, Text] = {
    "accounts_account": _("Account"),
    "accounts_membership": _("Role of an account"),
    "accounts_invitation": _("Invitation"),
    "activities_activity": _("Diary entry"),
    "activities_category": _("Category"),
    "activities_favourite": _("Favourite"),
    "activities_savedview": _("Saved view"),
    "activities_tallyimport": _("Import of a tally"),
    "audit_event": _("Log"),
    "directory_organisation": _("Organisation"),
    "directory_office": _("Office"),
    "directory_site": _("Site"),
    "directory_contact": _("Professional contact"),
    "persons_care": _("Responsibility for a person"),
    "persons_householdmember": _("Household of a person"),
    "persons_identitydocument": _("Document of a person"),
    "persons_language": _("Language of a person"),
    "persons_nationality": _("Nationality of a person"),
    "persons_person": _("File of a person"),
    "persons_personname": _("Name of a person"),
    "persons_readingreview": _("Review of unusual reading"),
    "persons_residencestatus": _("Residence title of a person"),
    "vault_personkey": _("Key of a person"),
    "finance_costplan": _("Cost plan"),
    "finance_planline": _("Line of a cost plan"),
    "finance_planpost": _("Post of a cost plan"),
    "finance_planrate": _("Rate of a cost plan"),
    "finance_postcost": _("Cost of a single post"),
    "finance_scenario": _("Scenario"),
    "staffing_course": _("Course"),
    "staffing_employee": _("Person in the plan of posts"),
    "staffing_fundingline": _("Funding line"),
    "staffing_leave": _("Absence"),
    "staffing_occupancy": _("Occupancy of a post"),
    "staffing_onboardingstep": _("Step of the first weeks"),
    "staffing_post": _("Post"),
    "door": _("Page"),
}

ACTIONS: Mapping[str, Text] = {
    "care.ended": _("ended a responsibility"),
    "care.given": _("entrusted a person"),
    "person.asked_elsewhere": _("asked whether a person is known elsewhere"),
    "person.corrected": _("corrected a file"),
    "person.document_noted": _("noted a document"),
    "person.document_removed": _("removed a document"),
    "person.erased": _("erased a person"),
    "person.found_elsewhere": _("was told where a person may be known"),
    "person.household_noted": _("changed a household"),
    "person.registered": _("opened a file"),
    "person.title_noted": _("noted a residence title"),
    "person.title_withdrawn": _("withdrew a residence title"),
    "reading.reviewed": _("reviewed unusual reading"),
    "insert": _("entered"),
    "update": _("changed"),
    "delete": _("deleted"),
    "read": _("read"),
    "refused": _("turned away"),
    "account.signed_in": _("signed in"),
    "account.signed_out": _("signed out"),
    "account.sign_in_failed": _("sign-in failed"),
    "account.sign_in_throttled": _("sign-in refused after too many attempts"),
    "account.second_factor_failed": _("second factor failed"),
    "account.totp_added": _("set up an app"),
    "account.totp_removed": _("removed an app"),
    "account.webauthn_added": _("set up a passkey"),
    "account.webauthn_removed": _("removed a passkey"),
    "account.recovery_codes_added": _("made emergency codes"),
    "account.recovery_codes_removed": _("removed emergency codes"),
    "account.recovery_codes_renewed": _("made new emergency codes"),
    "account.invited": _("invited"),
    "account.invitation_withdrawn": _("withdrew an invitation"),
    "account.password_set": _("chose a password"),
    "account.closed": _("closed the account"),
    "account.reopened": _("reopened the account"),
    "account.second_factor_reset": _("reset a second factor"),
    "account.sessions_revoked": _("ended sessions"),
    "membership.given": _("gave a role"),
    "membership.ended": _("ended a role"),
    "organisation.closed": _("closed the organisation"),
    "organisation.reopened": _("reopened the organisation"),
    "site.closed": _("closed the site"),
    "site.reopened": _("reopened the site"),
    "contact.verified": _("checked a contact"),
    "contact.removed": _("removed a contact"),
    "proof.handed_in": _("handed in a proof of use"),
    "cost_plan.created": _("began a cost plan"),
    "cost_plan.changed": _("changed a cost plan"),
    "cost_plan.posts_taken_over": _("took over posts into a cost plan"),
    "cost_plan.post_kept": _("entered a post in a cost plan"),
    "cost_plan.post_removed": _("took a post out of a cost plan"),
    "cost_plan.line_kept": _("entered a line in a cost plan"),
    "cost_plan.line_removed": _("took a line out of a cost plan"),
    "course.kept": _("entered a course"),
    "employee.added": _("added somebody to the plan of posts"),
    "employee.changed": _("changed somebody in the plan of posts"),
    "funding_line.added": _("added a funding line"),
    "leave.added": _("entered an absence"),
    "leave.removed": _("took an absence out"),
    "onboarding.begun": _("began somebody’s first weeks"),
    "onboarding.step_settled": _("settled a step of the first weeks"),
    "occasion.opened": _("opened an occasion"),
    "occasion.closed": _("closed an occasion"),
    "registration.made": _("registered people who arrived"),
    "registration.corrected": _("corrected a registration"),
    "registration.checked": _("marked registrations as checked"),
    "registration.released": _("released registrations"),
    "registration.finding_accepted": _("accepted a finding about a registration"),
    "registration.merged": _("set a double aside"),
    "registration.unmerged": _("brought a double back"),
    "post.added": _("added a post"),
    "post.changed": _("changed a post"),
    "post.hours_changed": _("changed somebody’s share of a post"),
    "post.occupancy_changed": _("changed an occupancy"),
    "post.occupancy_removed": _("took an occupancy out"),
    "post.occupied": _("occupied a post"),
    "scenario.kept": _("computed a scenario"),
    "scenario.removed": _("took a scenario out"),
}


def table_in_words(table: str) -> Text:
    """What a table holds."""
    return TABLES.get(table, table)


def action_in_words(action: str) -> Text:
    """What was done."""
    return ACTIONS.get(action, action)
