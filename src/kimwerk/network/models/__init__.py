from kimwerk.network.models.encounter import Encounter
from kimwerk.network.models.publication import Publication
from kimwerk.network.models.supply import Pairing, Supply

__all__ = ["Encounter", "Pairing", "Publication", "Supply"]
