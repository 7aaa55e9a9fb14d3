"""The tables of benchmarks/step: step_table.py THREADS FOLDER, which holds a file of JSON lines a peer and precision."""
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
PRECISIONS = ["float32", "bfloat16"]


def medians(file, key):
    by_batch = {}
    for line in file.read_text().splitlines():
        record = json.loads(line)
        by_batch.setdefault(record["batch"], []).append(record[key])
    return {batch: statistics.median(values) for batch, values in by_batch.items()}


def main():
    threads, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    files = {(name, precision): folder / f"{name}-{precision}.jsonl" for precision in PRECISIONS for name in NAMES}
    files = {key: file for key, file in files.items() if file.exists() and file.stat().st_size > 0}
    rates = {key: medians(file, "steps") for key, file in files.items()}
    batches = list(rates["almanac", "float32"])
    products = [medians(file, "products") for (name, _), file in files.items() if name != "compile"]
    floor = {batch: statistics.median(p[batch] for p in products) for batch in batches}
    print(f"Thousand rows a second, {threads} thread(s), by batch size; in parts of the float32 matrix products alone;")
    print("how many times as fast almanac is in float32 and in bfloat16\n")
    print("| | " + " | ".join(map(str, batches)) + " |")
    print("|---" * (len(batches) + 1) + "|")
    print("| matrix products alone, float32 | " + " | ".join(f"{floor[b] / 1e3:.0f}" for b in batches) + " |")
    for (name, precision), rate in rates.items():
        cells = []
        for batch in batches:
            cell = f"{rate[batch] / 1e3:.0f}, {rate[batch] / floor[batch]:.2f}"
            if name != "almanac":
                ratios = [rates["almanac", p][batch] / rate[batch] for p in PRECISIONS]
                cell += ", " + " ".join(f"{ratio:.2f}x" for ratio in ratios)
            cells.append(cell)
        print(f"| {NAMES[name]}, {precision} | " + " | ".join(cells) + " |")


main()
