"""What the checks share: lines of results, and the classes as the project defines them."""

import csv
import pathlib
import sys

_failed = 0


def check(what, good, detail=""):
    """Prints one line; the detail only where something is wrong."""
    global _failed
    _failed += not good
    print(f"ok       {what}" if good else f"FAILED   {what}: {detail}", flush=True)


def status():
    return 1 if _failed else 0


def finish():
    sys.exit(status())


def classes():
    """[(value, name, colour as #rrggbb)], in the order of the values."""
    root = pathlib.Path(__file__).resolve().parents[2]
    with open(root / "styles/suitability_classes.csv", newline="", encoding="utf-8") as file:
        return [(int(row["value"]), row["name"], row["colour"].lower()) for row in csv.DictReader(file)]
