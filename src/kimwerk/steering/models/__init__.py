from kimwerk.steering.models.committee import Committee, Seat, Term
from kimwerk.steering.models.goal import Effect, Goal, Indicator, InForce, Measure, Reading
from kimwerk.steering.models.mailing import Delivery, Mailing
from kimwerk.steering.models.meeting import AgendaItem, Attendance, Meeting, NoteDraft, Proposal
from kimwerk.steering.models.orders import OrdersStep, StandingOrders
from kimwerk.steering.models.paper import Paper, PaperAttachment, PaperStep
from kimwerk.steering.models.plan import PlanEntry
from kimwerk.steering.models.resolution import Resolution, ResolutionText
from kimwerk.steering.models.task import Task

__all__ = [
    "AgendaItem",
    "Attendance",
    "Committee",
    "Delivery",
    "Effect",
    "Goal",
    "InForce",
    "Indicator",
    "Mailing",
    "Measure",
    "Meeting",
    "NoteDraft",
    "OrdersStep",
    "Paper",
    "PaperAttachment",
    "PaperStep",
    "PlanEntry",
    "Proposal",
    "Reading",
    "Resolution",
    "ResolutionText",
    "Seat",
    "StandingOrders",
    "Task",
    "Term",
]
