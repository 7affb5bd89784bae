"""A cell that is hidden alone tells itself: no relation needs it, and no cheapest set has it.

Where one cell of a relation is hidden and all others are public, it cannot move, so it protects nobody and is published
again for less. Whoever looks for a cheapest set may therefore ask for company: if a cell is suppressed, so is another
one in each of its relations. Sets that protect need not meet that, but for each of them there is one that does, does
not cost more, and suppresses nothing else. (Fischetti and Salazar call it bridgeless.) What the attacker's prices tell
knows nothing of it, and it says most of what they leave open.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kimwerk.reporting.disclosure.movement import Facts


def companies(facts: Facts) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Open cells, and of which others one must be suppressed with them; where a cell is hidden they have company."""
    for row in range(facts.rows):
        cells = facts.index[facts.starts[row] : facts.starts[row + 1]].astype(np.int64)
        if facts.hidden[cells].any():
            continue
        among = cells[facts.open[cells]]
        for place, cell in enumerate(among.tolist()):
            yield cell, np.delete(among, place)
