from __future__ import annotations

from tests.office_files import offices

__all__ = ["offices"]
