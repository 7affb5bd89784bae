"""Plausibility of published tables: do their sums, shares and bands agree, and if not, which cell is wrong?

Plain Python over a grid of cells. `grids` reads a file, `layout` finds its tables; `sums`, `shares`, `rates` and
`bands` find the relations a table claims, and `mending` names the single change that makes them hold. Sums are looked
for in `sequences` of lines: in their order (`totals`), by `indentation`, and as differences (`balances`); `claims` says
whether numbers and labels speak for one.
"""
