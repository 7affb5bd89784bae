"""The plan of goals and steps as an accessible PDF in two languages (PDF/UA-1 and PDF/A-3a)."""

from kimwerk.casework.pdf.render import PlanNotSet, languages, render_plan

__all__ = ["PlanNotSet", "languages", "render_plan"]
