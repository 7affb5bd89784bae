from kimwerk.finance.models.booking import BookedMonth, Booking, BookingUpload, FundsCall
from kimwerk.finance.models.grade import Grade
from kimwerk.finance.models.line import PlanLine, PlanRate, SettledAmount
from kimwerk.finance.models.plan import CostPlan, PlanPost, PostCost
from kimwerk.finance.models.proof import HandedInProof, ProofReport
from kimwerk.finance.models.rule import FundingRule
from kimwerk.finance.models.scenario import Scenario
from kimwerk.finance.models.sharing import PassThrough, PassThroughMove, SharedCost

__all__ = [
    "BookedMonth",
    "Booking",
    "BookingUpload",
    "CostPlan",
    "FundingRule",
    "FundsCall",
    "Grade",
    "HandedInProof",
    "PassThrough",
    "PassThroughMove",
    "PlanLine",
    "PlanPost",
    "PlanRate",
    "PostCost",
    "ProofReport",
    "Scenario",
    "SettledAmount",
    "SharedCost",
]
