"""How a day is written for a person to read."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def words_of(year: int, month: int | None = None, day: int | None = None) -> str:
    """6 June 2004, June 2004 or 2004."""
    if month is None:
        return str(year)
    return f"{MONTHS[month - 1]} {year}" if day is None else f"{day} {MONTHS[month - 1]} {year}"
