from kimwerk.reporting.models.build import ReportBuild
from kimwerk.reporting.models.comment import SectionComment
from kimwerk.reporting.models.edition import Edition
from kimwerk.reporting.models.ledger import PublishedTable
from kimwerk.reporting.models.report import PlacedFigure, Report, ReportSection

__all__ = ["Edition", "PlacedFigure", "PublishedTable", "Report", "ReportBuild", "ReportSection", "SectionComment"]
