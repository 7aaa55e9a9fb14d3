"""One of the processes of a search by Optuna's TPE with the best PyTorch script that we could write:

    torch_trials.py eager|compiled JOURNAL DATASET TRIALS EPOCHS SEED

Processes of the same JOURNAL share its study, which trials.py began. A trial is what benchmarks/search/trials has Almanac train: the
same layers, first weights, loss, AdamW, averaged weights, one-cycle and validation an epoch, in float32. All rows lie in memory, each
epoch is one gather by a permutation, AdamW is fused, weights are plain tensors, so that what is compiled for shapes serves all later
trials that have them. The value is the validation MAE, in the label's unit, of the epoch whose validation loss is least.

For each trial a JSON line is printed: number, value, assignment, seconds of each epoch, how many weights, and when it was over (UNIX
seconds).
"""
import json
import math
import pathlib
import sys
import time

import numpy
import optuna
import pyarrow.parquet
import torch
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from torch.nn.functional import embedding, huber_loss, linear, relu

HIDDEN = ["[64, 64]", "[128, 64]", "[256, 128]", "[256, 128, 64]"]
DELTA = 0.5
AVERAGE_DECAY = 0.999
VALIDATION_ROWS = 8192


class Rows:
    """A dataset's rows in memory; labels standardized."""

    def __init__(self, folder):
        columns = json.loads((folder / "dataset.json").read_text())["columns"]
        self.cardinalities = [column["cardinality"] for column in columns["nominal"]]
        self.deviation = columns["label"]["standard-deviation"]
        self.train, self.validation = (self.read(folder / split, columns) for split in ("train", "validation"))
        self.numbers = self.train[0].shape[1]

    def read(self, folder, columns):
        names = columns["numeric"], [column["name"] for column in columns["nominal"]], columns["label"]["column"]
        table = pyarrow.parquet.read_table(folder, columns=names[0] + names[1] + [names[2]])

        def matrix(of, kind):
            return torch.from_numpy(numpy.stack([table[name].to_numpy().astype(kind) for name in of], 1))

        labels = torch.from_numpy(table[names[2]].to_numpy().astype("float32"))
        # One table holds the embeddings of all columns.
        first = torch.tensor([0] + self.cardinalities[:-1]).cumsum(0)
        return (matrix(names[0], "float32"), matrix(names[1], "int64") + first,
                (labels - columns["label"]["mean"]) / self.deviation)


def first_weights(rows, hidden, embedding_width):
    width = min(embedding_width, (max(rows.cardinalities) + 1) // 2)

    def uniform(shape, limit):
        return torch.empty(shape).uniform_(-limit, limit).requires_grad_()

    weights = [uniform((sum(rows.cardinalities), width), 0.1)]
    inputs = rows.numbers + width * len(rows.cardinalities)
    for outputs in hidden:
        weights += [uniform((outputs, inputs), math.sqrt(6 / inputs)), torch.zeros(outputs, requires_grad=True)]
        inputs = outputs
    return weights + [uniform((1, inputs), 1 / math.sqrt(inputs)), torch.zeros(1, requires_grad=True)]


def forward(weights, numbers, categories, masks):
    """`masks`: for each hidden layer what its output is multiplied by, or None."""
    x = torch.cat([numbers, embedding(categories, weights[0]).flatten(1)], 1)
    for i, mask in zip(range(1, len(weights) - 2, 2), masks):
        x = relu(linear(x, weights[i], weights[i + 1]))
        x = x if mask is None else x * mask
    return linear(x, weights[-2], weights[-1]).squeeze(1)


def loss_of(weights, numbers, categories, labels, masks):
    return huber_loss(forward(weights, numbers, categories, masks), labels, delta=DELTA)


def dropout_masks(rows, widths, share):
    """
    For each hidden layer 0 where a unit is dropped and otherwise what makes up for it; None for each without dropout. With 16 random
    bits a unit, several times as fast as torch.nn.functional.dropout, which draws a number for each.
    """
    if share == 0:
        return [None] * len(widths)
    drawn = torch.empty((rows * sum(widths) + 3) // 4, dtype=torch.int64).random_(-(2**63), None).view(torch.int16)
    kept = drawn < round((1 - share) * 2**16) - 2**15
    masks = kept.float().mul_(1 / (1 - share))[: rows * sum(widths)].split([rows * width for width in widths])
    return [mask.view(rows, width) for mask, width in zip(masks, widths)]


def one_cycle(rate, step, steps):
    """As OneCycleLR has it, in numbers."""
    top, last = 0.3 * steps - 1, steps - 1
    share = step / top if step <= top else (step - top) / (last - top)
    start, end = (rate / 25, rate) if step <= top else (rate, rate / 25 / 1e4)
    return end + (start - end) / 2 * (1 + math.cos(math.pi * share))


@torch.no_grad()
def validate(weights, rows):
    """Mean Huber loss, and MAE in the label's unit."""
    loss = error = 0.0
    for numbers, categories, labels in zip(*(part.split(VALIDATION_ROWS) for part in rows.validation)):
        made = forward(weights, numbers, categories, [None] * ((len(weights) - 3) // 2))
        loss += huber_loss(made, labels, delta=DELTA, reduction="sum").item()
        error += (made - labels).abs().sum().item()
    count = len(rows.validation[2])
    return loss / count, error / count * rows.deviation


def train(rows, settings, epochs, loss_of):
    """Returns the value, the seconds of each epoch and how many weights there are."""
    batch, hidden, share = 2 ** settings["batch-size-log2"], json.loads(settings["hidden"]), settings["dropout"]
    weights = first_weights(rows, hidden, 2 ** settings["embedding-log2"])
    averages = [weight.detach().clone() for weight in weights]
    optimizer = torch.optim.AdamW(weights, lr=settings["learning-rate"], weight_decay=settings["weight-decay"], fused=True)
    count = len(rows.train[2])
    steps = epochs * math.ceil(count / batch)
    step = 0
    best, value, seconds = math.inf, math.inf, []
    for _ in range(epochs):
        started = time.perf_counter()
        order = torch.randperm(count)
        for part in zip(*(column[order].split(batch) for column in rows.train)):
            optimizer.param_groups[0]["lr"] = one_cycle(settings["learning-rate"], step, steps)
            optimizer.zero_grad()
            loss_of(weights, *part, dropout_masks(len(part[2]), hidden, share)).backward()
            optimizer.step()
            step += 1
            with torch.no_grad():
                torch._foreach_lerp_(averages, weights, 1 - min(AVERAGE_DECAY, (1 + step) / (10 + step)))
        loss, error = validate(averages, rows)
        if loss < best:
            best, value = loss, error
        seconds.append(time.perf_counter() - started)
    return value, seconds, sum(weight.numel() for weight in weights)


def suggest(trial):
    return {
        "learning-rate": trial.suggest_float("learning-rate", 3e-4, 3e-2, log=True),
        "weight-decay": trial.suggest_float("weight-decay", 1e-3, 1.0, log=True),
        "hidden": trial.suggest_categorical("hidden", HIDDEN),
        "embedding-log2": trial.suggest_int("embedding-log2", 2, 4),
        "dropout": trial.suggest_float("dropout", 0.0, 0.3),
        "batch-size-log2": trial.suggest_int("batch-size-log2", 9, 12),
    }


def main():
    kind, journal, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    trials, epochs, seed = map(int, sys.argv[4:7])
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    torch._dynamo.config.recompile_limit = 1000
    loss = {"eager": loss_of, "compiled": torch.compile(loss_of)}[kind]
    rows = Rows(folder)
    study = optuna.load_study(storage=JournalStorage(JournalFileBackend(journal)), study_name="trials",
                              sampler=optuna.samplers.TPESampler(seed=seed))
    while True:
        trial = study.ask()
        if trial.number >= trials:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
            return
        settings = suggest(trial)
        value, seconds, weights = train(rows, settings, epochs, loss)
        study.tell(trial, value)
        print(json.dumps({"number": trial.number, "value": value, "assignment": settings, "seconds": seconds, "weights": weights,
                          "until": time.time()}), flush=True)


if __name__ == "__main__":
    main()
