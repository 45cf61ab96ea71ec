"""Compares two ways to compute 25 years of answers for every State: in one pass over changes, and day by day.

The second is measured on a sample of days and scaled up. Both must give the same totals on those days.
"""

import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from opsc_cli.answers.answer import answer_to
from opsc_cli.answers.stats import totals_over
from opsc_cli.dataset.load import load
from opsc_cli.law.standing import asked_on

FIRST, LAST = date(2001, 11, 21), date(2026, 11, 21)
ROUNDS, SAMPLE = 5, 10


def _timed(work: Callable[[], list[int]]) -> tuple[float, list[int]]:
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def main() -> None:
    dataset = load()
    states = list(dataset.states.values())
    days = tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    sample = days[:: len(days) // SAMPLE][:SAMPLE]

    def one_pass() -> list[int]:
        late = {totals.on: sum(totals.late_by.values()) for totals in totals_over(dataset, days)}
        return [late[day] for day in sample]

    def day_by_day() -> list[int]:
        asked = (asked_on(day, dataset) for day in sample)
        return [sum(answer_to(on, state).is_late for state in states) for on in asked]

    ratios, seconds = [], []
    for _ in range(ROUNDS):
        swept, found = _timed(one_pass)
        asked, expected = _timed(day_by_day)
        assert found == expected
        ratios.append(swept / (asked * len(days) / len(sample)))
        seconds.append(swept)
    if "--json" in sys.argv:
        print(json.dumps({"ratio": statistics.median(ratios)}))
        return
    print(f"{len(days)} days × {len(states)} States, Python {platform.python_version()}, {ROUNDS} rounds")
    print(f"one pass ÷ day by day: 1/{1 / statistics.median(ratios):.0f} (median), {statistics.median(seconds):.2f} s")


if __name__ == "__main__":
    main()
