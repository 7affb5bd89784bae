from kimwerk.staffing.models.employee import Course, Employee, Leave, OnboardingStep
from kimwerk.staffing.models.occupancy import Occupancy
from kimwerk.staffing.models.post import FundingLine, Post
from kimwerk.staffing.models.substitution import Substitution

__all__ = ["Course", "Employee", "FundingLine", "Leave", "Occupancy", "OnboardingStep", "Post", "Substitution"]
