"""Everything that changes something about templates."""
