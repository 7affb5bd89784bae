"""Plausibility of published tables: do their sums, shares and bands agree, and if not, which cell is wrong?

Plain Python over a grid of cells. `grids` reads a file, `layout` finds its tables, `sums`, `shares`, `rates` and
`bands` find the relations a table claims, `mending` names the single change that makes them hold.
"""
