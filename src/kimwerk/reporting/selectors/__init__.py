"""Reading figures, reports and editions."""

from kimwerk.reporting.selectors.figures import (
    USUAL_FTE,
    dimensions_of,
    figure_data,
    figure_table,
    organisations_of,
    table_hash,
)

__all__ = ["USUAL_FTE", "dimensions_of", "figure_data", "figure_table", "organisations_of", "table_hash"]
