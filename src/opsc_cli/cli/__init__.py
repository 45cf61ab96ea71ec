"""The command line: the commands, their options, their help and their errors."""

ABOUT = (
    "Shows which report a State owes the Committee on the Rights of the Child under the Optional Protocol on the sale"
    " of children (OPSC), when it is due, under which article, and from which source. Not an official product of the"
    " United Nations."
)
"""What opsc is, for the help and the manual page."""
