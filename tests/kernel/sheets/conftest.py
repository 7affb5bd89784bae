from __future__ import annotations

from tests.office_files import formula, offices

__all__ = ["formula", "offices"]
