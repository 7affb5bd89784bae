from kimwerk.reporting.models.build import ReportBuild
from kimwerk.reporting.models.data_set import DataSet
from kimwerk.reporting.models.edition import Edition
from kimwerk.reporting.models.exploring import Exploration
from kimwerk.reporting.models.report import PlacedFigure, Report, ReportSection

__all__ = ["DataSet", "Edition", "Exploration", "PlacedFigure", "Report", "ReportBuild", "ReportSection"]
