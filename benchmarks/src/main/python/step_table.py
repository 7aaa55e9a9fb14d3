"""The table of benchmarks/step: step_table.py THREADS FOLDER, which holds a file of JSON lines a peer."""
import json
import pathlib
import statistics
import sys

NAMES = {
    "almanac": "almanac",
    "eager": "PyTorch 2.0.1",
    "table": "PyTorch 2.0.1, one embedding table",
    "compile": "PyTorch 2.15.0, torch.compile, fused Adam",
}


def medians(file, key):
    by_batch = {}
    for line in file.read_text().splitlines():
        record = json.loads(line)
        by_batch.setdefault(record["batch"], []).append(record[key])
    return {batch: statistics.median(values) for batch, values in by_batch.items()}


def main():
    threads, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = {name: folder / f"{name}.jsonl" for name in NAMES if (folder / f"{name}.jsonl").exists()}
    ours = medians(files["almanac"], "steps")
    floors = [medians(file, "products") for name, file in files.items() if name != "compile"]
    floor = {batch: statistics.median(f[batch] for f in floors) for batch in ours}
    print(f"Thousand rows a second, {threads} thread(s), by batch size; of the matrix products alone; almanac to it\n")
    print("| | " + " | ".join(map(str, ours)) + " |")
    print("|---" * (len(ours) + 1) + "|")
    print("| matrix products alone | " + " | ".join(f"{floor[b] / 1e3:.0f}" for b in ours) + " |")
    for name, file in files.items():
        rates = medians(file, "steps")
        cells = []
        for batch in ours:
            cell = f"{rates[batch] / 1e3:.0f}, {rates[batch] / floor[batch]:.2f}"
            if name != "almanac":
                cell += f", {ours[batch] / rates[batch]:.2f}x"
            cells.append(cell)
        print(f"| {NAMES[name]} | " + " | ".join(cells) + " |")


main()
