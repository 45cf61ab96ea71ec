"""For comparison: looks up a State's code by its name with pycountry."""

import sys

import pycountry

try:
    found = pycountry.countries.lookup(sys.argv[1])
except LookupError as error:
    sys.exit(f"{sys.argv[1]}: {error}")
print(found.alpha_3, found.name)
