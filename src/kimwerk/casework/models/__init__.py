from kimwerk.casework.models.agreement import Agreement
from kimwerk.casework.models.assessment import Assessment, Rating
from kimwerk.casework.models.case import Case, CaseCounter, CaseEvent, CaseQuerySet
from kimwerk.casework.models.checklist import Checklist, ChecklistItem
from kimwerk.casework.models.choice import AdmissionRule, CaseworkSettings, Choice, ChoiceMapping
from kimwerk.casework.models.clarification import Clarification
from kimwerk.casework.models.conference import Conference, ConferenceInvitee, ConferenceTask
from kimwerk.casework.models.contact import CaseContact, Note
from kimwerk.casework.models.counted import CountedContacts, StaleContacts
from kimwerk.casework.models.deadline import Deadline
from kimwerk.casework.models.draft import Draft
from kimwerk.casework.models.goal import Goal, GoalChange, Step
from kimwerk.casework.models.insight import Finding, Insight
from kimwerk.casework.models.referral import Referral, ReferralLink, ReferralOrigin

__all__ = [
    "AdmissionRule",
    "Agreement",
    "Assessment",
    "Case",
    "CaseContact",
    "CaseCounter",
    "CaseEvent",
    "CaseQuerySet",
    "CaseworkSettings",
    "Checklist",
    "ChecklistItem",
    "Choice",
    "ChoiceMapping",
    "Clarification",
    "Conference",
    "ConferenceInvitee",
    "ConferenceTask",
    "CountedContacts",
    "Deadline",
    "Draft",
    "Finding",
    "Goal",
    "GoalChange",
    "Insight",
    "Note",
    "Rating",
    "Referral",
    "ReferralLink",
    "ReferralOrigin",
    "StaleContacts",
    "Step",
]
