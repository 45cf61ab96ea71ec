"""`python -m opsc_cli`: the same as `opsc`."""

from opsc_cli.quick import main

main()
