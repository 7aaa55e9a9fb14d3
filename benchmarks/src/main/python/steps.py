"""Whole training steps of the MLP 20 numbers + 5 categories -> 256 -> 128 -> 64 -> 1, mean squared error, Adam.

    steps.py MODE PRECISION THREADS SECONDS BATCH...

MODE: eager (five nn.Embedding), table (one embedding table for all columns), compile (table, torch.compile, fused Adam).
PRECISION: float32, or bfloat16 (autocast).
Prints a JSON line a batch size: rows a second of steps and of the matrix products alone, each the upper quartile.
"""
import json
import sys
import time

import torch
from torch import nn

CARDINALITIES = [50, 20, 12, 7, 30]
WIDTHS = [20 + 8 * len(CARDINALITIES), 256, 128, 64, 1]


class Mlp(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.table = nn.Embedding(sum(CARDINALITIES), 8) if table else None
        self.columns = None if table else nn.ModuleList(nn.Embedding(c, 8) for c in CARDINALITIES)
        self.register_buffer("first", torch.tensor([0] + CARDINALITIES[:-1]).cumsum(0))
        layers = []
        for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        self.layers = nn.Sequential(*layers[:-1])

    def forward(self, numbers, categories):
        if self.table is not None:
            embedded = self.table(categories + self.first).flatten(1)
        else:
            embedded = torch.cat([column(categories[:, i]) for i, column in enumerate(self.columns)], 1)
        return self.layers(torch.cat([numbers, embedded], 1)).squeeze(1)


def rate(step, rows, seconds):
    for _ in range(10):
        step()
    rates = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        before = time.perf_counter()
        step()
        rates.append(rows / (time.perf_counter() - before))
    rates.sort()
    return rates[len(rates) * 3 // 4]


def products(rows):
    units = [torch.randn(rows, width) for width in WIDTHS]
    weights = [torch.randn(outputs, inputs) for inputs, outputs in zip(WIDTHS, WIDTHS[1:])]

    def step():
        for i, weight in enumerate(weights):
            torch.mm(units[i], weight.t())
        for i, weight in enumerate(weights):
            torch.mm(units[i + 1].t(), units[i])
            if i > 0:
                torch.mm(units[i + 1], weight)

    return step


def steps(mode, half, rows):
    torch.manual_seed(0)
    numbers = torch.randn(rows, 20)
    categories = torch.stack([torch.randint(0, c, (rows,)) for c in CARDINALITIES], 1)
    labels = torch.randn(rows)
    model = Mlp(table=mode != "eager")

    def loss_of(numbers, categories, labels):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            made = model(numbers, categories)
        return nn.functional.mse_loss(made.float(), labels)

    if mode == "compile":
        loss_of = torch.compile(loss_of)
        optimizer = torch.optim.Adam(model.parameters(), fused=True)
    else:
        optimizer = torch.optim.Adam(model.parameters())

    def step():
        optimizer.zero_grad()
        loss = loss_of(numbers, categories, labels)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def main():
    mode, precision, threads, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    torch.set_num_threads(threads)
    for rows in map(int, sys.argv[5:]):
        print(json.dumps({
            "batch": rows,
            "products": rate(products(rows), rows, seconds / 2),
            "steps": rate(steps(mode, precision == "bfloat16", rows), rows, seconds),
        }), flush=True)


main()
