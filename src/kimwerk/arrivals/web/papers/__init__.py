"""Papers of the room, set as accessible PDF."""
