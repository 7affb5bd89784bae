from kimwerk.steering.models.committee import Committee, Seat, Term
from kimwerk.steering.models.meeting import AgendaItem, Attendance, Meeting, NoteDraft, Proposal
from kimwerk.steering.models.orders import OrdersStep, StandingOrders
from kimwerk.steering.models.resolution import Resolution, ResolutionText
from kimwerk.steering.models.task import Task

__all__ = [
    "AgendaItem",
    "Attendance",
    "Committee",
    "Meeting",
    "NoteDraft",
    "OrdersStep",
    "Proposal",
    "Resolution",
    "ResolutionText",
    "Seat",
    "StandingOrders",
    "Task",
    "Term",
]
