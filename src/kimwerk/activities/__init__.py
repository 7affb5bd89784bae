"""The activity diary: what was done, how long, for how many; never for whom.

An activity (Maßnahme), its participants and the time it took are three different units. The room
stands beside the people in our care and cannot name one of them.
"""
