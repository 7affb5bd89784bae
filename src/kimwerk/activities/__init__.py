"""The activity diary: what was done, when, where, how long and for how many; never for whom.

It counts work, not people, and stands beside the room of persons so that it cannot name one.
Entries come from the quick line, from a grid, or from the tally an office already keeps in a spreadsheet.
"""
