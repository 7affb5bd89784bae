"""The synthetic county: a diary shaped to the published totals of 2022, with places and people around it.

`county` and `caseload` read the data files, `diary` and `recent` plan entries from a seed without
touching a database, `load` writes everything behind the walls, `casework` and `plans` within them, as
the cast would, `sample` makes tallies to import. Nothing here runs on an installation that holds real data.
"""
