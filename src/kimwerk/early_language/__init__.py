"""The kindergarten language programme (MuKi-S): kindergartens, what they ask for, and what was done with them.

Kindergartens ask for offers; what becomes of it is noted, with the reason where it is called off. Visits, counselling
and talks are counts of adults. There are no data of children here, and no field that could hold them.
"""
