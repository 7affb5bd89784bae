from kimwerk.needs.models.gap import Gap, GapStep
from kimwerk.needs.models.need import Need

__all__ = ["Gap", "GapStep", "Need"]
