"""From a dataset that `almanac prepare` wrote to a trained MLP: epochs.py MODE PRECISION DATASET THREADS EPOCHS BATCH.

MODE: best (all rows as tensors in memory, indexed by a permutation; one embedding table, torch.compile, fused AdamW),
usual (DataLoader over a TensorDataset, an nn.Embedding a column, AdamW). Both: one-cycle, mean squared error, the validation
loss after each epoch. PRECISION: float32, or bfloat16 (autocast while training). Prints a JSON line with the rows a second of the epochs and the validation MAE in the label's unit.
"""
import json
import pathlib
import sys
import time

import numpy
import pyarrow.parquet
import torch
from torch import nn


def read(folder, columns, split):
    names = columns["numeric"], [c["name"] for c in columns["nominal"]], columns["label"]["column"]
    table = pyarrow.parquet.read_table(folder / split, columns=names[0] + names[1] + [names[2]])

    def matrix(of, kind):
        return torch.from_numpy(numpy.stack([table[name].to_numpy().astype(kind) for name in of], 1))

    labels = torch.from_numpy(table[names[2]].to_numpy().astype("float32"))
    labels = (labels - columns["label"]["mean"]) / columns["label"]["standard-deviation"]
    return matrix(names[0], "float32"), matrix(names[1], "int64"), labels.float()


class Mlp(nn.Module):
    def __init__(self, numbers, cardinalities, table):
        super().__init__()
        width = min(8, (max(cardinalities) + 1) // 2)
        self.table = nn.Embedding(sum(cardinalities), width) if table else None
        self.columns = None if table else nn.ModuleList(nn.Embedding(c, width) for c in cardinalities)
        self.register_buffer("first", torch.tensor([0] + cardinalities[:-1]).cumsum(0))
        widths = [numbers + width * len(cardinalities), 256, 128, 64]
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Linear(64, 1))

    def forward(self, numbers, categories):
        if self.table is not None:
            embedded = self.table(categories + self.first).flatten(1)
        else:
            embedded = torch.cat([column(categories[:, i]) for i, column in enumerate(self.columns)], 1)
        return self.layers(torch.cat([numbers, embedded], 1)).squeeze(1)


def main():
    mode, half, folder = sys.argv[1], sys.argv[2] == "bfloat16", pathlib.Path(sys.argv[3])
    threads, epochs, batch = map(int, sys.argv[4:])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    columns = json.loads((folder / "dataset.json").read_text())["columns"]
    train, validation = read(folder, columns, "train"), read(folder, columns, "validation")
    rows = len(train[2])
    best = mode == "best"
    model = Mlp(train[0].shape[1], [c["cardinality"] for c in columns["nominal"]], best)
    fused = {"fused": True} if best else {}
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003, weight_decay=0.0, **fused)
    steps = epochs * ((rows + batch - 1) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.003, total_steps=steps, cycle_momentum=False)

    def loss_of(numbers, categories, labels):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            made = model(numbers, categories)
        return nn.functional.mse_loss(made.float(), labels)

    loss_of = torch.compile(loss_of) if best else loss_of

    def batches():
        if best:
            for index in torch.randperm(rows).split(batch):
                yield tuple(part[index] for part in train)
        else:
            dataset = torch.utils.data.TensorDataset(*train)
            yield from torch.utils.data.DataLoader(dataset, batch_size=batch, shuffle=True)

    started = time.perf_counter()
    for _ in range(epochs):
        model.train()
        for part in batches():
            optimizer.zero_grad()
            loss = loss_of(*part)
            loss.backward()
            optimizer.step()
            schedule.step()
            loss.item()
        model.eval()
        with torch.no_grad():
            errors = [(model(x, c) - y).abs() for x, c, y in zip(*(part.split(4096) for part in validation))]
    seconds = time.perf_counter() - started
    error = torch.cat(errors).mean().item() * columns["label"]["standard-deviation"]
    print(json.dumps({"rows-per-second": rows * epochs / seconds, "mae": error}))


main()
