"""Everything that changes something about events."""
