"""Measures the matcher on a labelled file: python -m scripts.matching.measure LABELLED.csv [PAIRS.csv]

With PAIRS.csv (what `kimwerk persons duplicates` wrote) it judges that; without, it finds the pairs itself and tells
seconds and memory too.
"""

from __future__ import annotations

import csv
import resource
import sys
import time
from pathlib import Path

import numpy as np

from kimwerk.persons.matching.pairs import ALMOST_CERTAIN, find_duplicates
from kimwerk.persons.matching.register import Ints
from kimwerk.persons.matching.scoring import Floats
from scripts.matching.labelled import Labelled

EASY = 0.99


def main() -> None:
    """Print the figures of docs/reference/dubletten.md."""
    labelled = Labelled.read(Path(sys.argv[1]))
    person = dict(zip((record.rec_id for record in labelled.records), labelled.person.tolist(), strict=True))
    begun = time.process_time(), time.monotonic()
    if len(sys.argv) > 2:
        with Path(sys.argv[2]).open(encoding="utf-8", newline="") as lines:
            told = [(row["rec_id_a"], row["rec_id_b"], float(row["score"])) for row in csv.DictReader(lines)]
    else:
        told = [(pair.rec_id_a, pair.rec_id_b, pair.score) for pair in find_duplicates(labelled.records)]
        print(f"CPU {time.process_time() - begun[0]:.0f} s, wall {time.monotonic() - begun[1]:.0f} s")
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    right = np.array([person[one] == person[other] for one, other, _ in told], np.int64)
    scores = np.array([score for _, _, score in told])
    judge(right, scores, labelled.true_pairs())


def judge(right: Ints, scores: Floats, true_pairs: int) -> None:
    """Precision, recall and F1 of all proposed pairs and of the almost certain ones; recall at precision 0.99."""
    for name, chosen in (("proposed", scores >= 0), ("almost certain", scores >= ALMOST_CERTAIN)):
        precision, recall = right[chosen].mean(), right[chosen].sum() / true_pairs
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name}: {chosen.sum()} pairs, precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    hits = np.cumsum(right[np.argsort(-scores, kind="stable")])
    easy = np.flatnonzero(hits / np.arange(1, len(hits) + 1) >= EASY)
    print(f"recall at precision {EASY}: {hits[easy[-1]] / true_pairs if len(easy) else 0:.4f}")


if __name__ == "__main__":
    main()
