"""kimwerk: software for municipal integration management."""

__version__ = "0.1.0"
