"""The activity diary: what was done, when, where, how long and for how many; never for whom.

An activity (Maßnahme), its participants and the time it took are three different units. The room counts work, not
people: it stands beside the room of persons and cannot name one. Entries come from the quick line, from a form or a
grid, or from the tally an office already keeps in a spreadsheet.
"""
