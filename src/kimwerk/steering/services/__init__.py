"""Everything that changes something about committees."""
