"""Setting a paper: a template and its texts become an accessible PDF (PDF/UA-1) for the archive (PDF/A-3a)."""

from kimwerk.ui.typesetting.render import FONTS, NoFontsError, PdfError, draw_pages, typeset, typeset_each

__all__ = ["FONTS", "NoFontsError", "PdfError", "draw_pages", "typeset", "typeset_each"]
