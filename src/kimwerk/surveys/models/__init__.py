from kimwerk.surveys.models.answer import Answer, Response
from kimwerk.surveys.models.invitation import Invitation
from kimwerk.surveys.models.survey import Option, Question, Survey

__all__ = ["Answer", "Invitation", "Option", "Question", "Response", "Survey"]
