"""Reads the files that a list names, each in its dialect, with Python's csv module.

Takes the list as JSON, and writes the rows of each file as JSON: texts, or the message of an error.
"""

import csv
import json
import sys


def read(spec):
    with open(spec["file"], newline="", encoding="utf-8") as file:
        lines = [
            line
            for line in file
            if spec["comment"] is None or not line.startswith(spec["comment"])
        ]
    reader = csv.reader(
        lines[spec["skip"]:],
        delimiter=spec["delimiter"],
        quotechar=spec["quote"],
        escapechar=spec["escape"],
        doublequote=spec["escape"] is None,
        skipinitialspace=spec["trim"],
        quoting=csv.QUOTE_NONE if spec["quote"] is None else csv.QUOTE_MINIMAL,
        strict=True,
    )
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        return str(error)
    return rows[1:] if spec["header"] else rows


with open(sys.argv[1], encoding="utf-8") as specs:
    results = [read(spec) for spec in json.load(specs)]
with open(sys.argv[2], "w", encoding="utf-8") as out:
    json.dump(results, out)
