"""Everything that changes something about surveys."""
