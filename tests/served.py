"""What the server of tests/commands.py does once for every command: it imports the program and loads the dataset."""

import gc
import importlib
import pkgutil

import opsc_cli
from opsc_cli.dataset import load

for module in pkgutil.walk_packages(opsc_cli.__path__, "opsc_cli."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

for library in ("rich.markdown", "rich.table", "xlsxwriter"):
    importlib.import_module(library)

DATASET = load.load()
for part in (DATASET.states, DATASET.sources, DATASET.names):
    tuple(part.values())  # a record is parsed when it is first used
load._compiled = lambda: DATASET
gc.freeze()  # what every command shares is not looked through for waste by each
gc.set_threshold(100_000)
