"""`python -m opsc_cli`: the same as `opsc`."""

from opsc_cli.main import main

main()
