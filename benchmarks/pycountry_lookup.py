"""What a script does that looks a State up with a well-kept library: a name in, a code out."""

import sys

import pycountry

try:
    found = pycountry.countries.lookup(sys.argv[1])
except LookupError as error:
    sys.exit(f"{sys.argv[1]}: {error}")
print(found.alpha_3, found.name)
