"""kimwerk: software for municipal integration management."""
