"""Reading figures, reports and editions."""

from kimwerk.reporting.selectors.figures import (
    dimensions_of,
    figure_data,
    figure_table,
    organisations_of,
    table_hash,
)

__all__ = ["dimensions_of", "figure_data", "figure_table", "organisations_of", "table_hash"]
