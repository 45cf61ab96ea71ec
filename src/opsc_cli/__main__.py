"""`python -m opsc_cli`: the same as `opsc`."""

try:
    from opsc_cli.main import main

    main()
except KeyboardInterrupt:  # during the imports
    raise SystemExit(130) from None
