"""Papers of finance: tables with a title that become a workbook and an accessible PDF with the same content."""
