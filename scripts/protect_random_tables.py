"""python -m scripts.protect_random_tables [NUMBER]: protect random tables and audit each anew."""

import sys
import time

from kimwerk.reporting.disclosure.audit import audit
from kimwerk.reporting.disclosure.engine import Unprotectable, protect
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import random_table


def main(number: int) -> int:
    """How many tables leave a primary cell derivable; 0 is the target."""
    failed = refused = 0
    begun = time.process_time()
    for seed in range(number):
        table = random_table(seed)
        policy = Policy((3, 5)[seed % 2], list(Zeros)[seed // 2 % 2], list(Cost)[seed // 4 % 2])
        task = task_of(table.structure, policy)
        try:
            protection = protect(task, seconds=0.2)
        except Unprotectable:
            refused += 1
            continue
        failed += not audit(table.structure, protection.suppressed, task.levels, task.lowest).is_clean
    spent = time.process_time() - begun
    print(f"{number} tables, {failed} audit failures, {refused} refused, {spent:.0f} s CPU")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1000))
