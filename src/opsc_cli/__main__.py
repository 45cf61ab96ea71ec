"""`python -m opsc_cli`: the same as `opsc`."""

from opsc_cli.cli import main

main()
