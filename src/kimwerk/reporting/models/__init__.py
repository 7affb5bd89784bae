from kimwerk.reporting.models.build import ReportBuild
from kimwerk.reporting.models.comment import SectionComment
from kimwerk.reporting.models.data_set import DataSet
from kimwerk.reporting.models.edition import Edition
from kimwerk.reporting.models.exploring import Exploration
from kimwerk.reporting.models.ledger import PublishedTable
from kimwerk.reporting.models.publication import FactSheet, OpenTable, Publication, PublicPaper
from kimwerk.reporting.models.report import PlacedFigure, Report, ReportSection
from kimwerk.reporting.models.schedule import ReportSchedule

__all__ = [
    "DataSet",
    "Edition",
    "Exploration",
    "FactSheet",
    "OpenTable",
    "PlacedFigure",
    "PublicPaper",
    "Publication",
    "PublishedTable",
    "Report",
    "ReportBuild",
    "ReportSchedule",
    "ReportSection",
    "SectionComment",
]
