from kimwerk.events.models.agreement import Agreement
from kimwerk.events.models.event import Event, Step, StepTemplate
from kimwerk.events.models.group import GroupResult, TableGroup
from kimwerk.events.models.people import Invitation, Participant

__all__ = ["Agreement", "Event", "GroupResult", "Invitation", "Participant", "Step", "StepTemplate", "TableGroup"]
