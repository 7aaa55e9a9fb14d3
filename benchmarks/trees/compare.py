"""Boosted trees on a prepared dataset: the same rows, splits and encoded columns that our models read.

    python compare.py DATASET [RESULT.json]

Rounds are chosen by early stopping on the validation split; the grid's winner by its metric on validation. The
test split is read once, for the figure. RESULT.json is what `almanac run --json` printed for the same dataset.
"""
import itertools
import json
import os
import sys
import warnings

import lightgbm
import numpy as np
import pyarrow.parquet as parquet
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error

ROUNDS = 3000
PATIENCE = 100
THREADS = int(os.environ.get("TREES_THREADS", "1"))
DEFAULT = {"learning_rate": 0.05, "num_leaves": 31, "min_child_samples": 20}


def read(folder, manifest, split):
    columns = manifest["columns"]
    names = columns["numeric"] + [category["name"] for category in columns["nominal"]]
    tables = [
        parquet.read_table(os.path.join(folder, file["path"])) for file in manifest["parquet"]["splits"][split]
    ]
    x = np.concatenate(
        [np.column_stack([table.column(name).to_numpy() for name in names]) for table in tables]
    ).astype(np.float64)
    y = np.concatenate([table.column(columns["label"]["column"]).to_numpy() for table in tables])
    return x, y


class Task:
    """A dataset's splits and how predictions of its label are measured."""

    def __init__(self, folder):
        with open(os.path.join(folder, "dataset.json")) as file:
            self.manifest = json.load(file)
        self.splits = {s: read(folder, self.manifest, s) for s in ("train", "validation", "test")}
        columns = self.manifest["columns"]
        numeric = len(columns["numeric"])
        self.categories = list(range(numeric, numeric + len(columns["nominal"])))
        self.classes = columns["label"].get("classes")

    def measure(self, predicted, split):
        y = self.splits[split][1]
        if not self.classes:
            return {"mae": mean_absolute_error(y, predicted)}
        every = np.zeros((len(y), len(self.classes)))
        every[:, self.seen()] = predicted if predicted.ndim > 1 else np.column_stack([1 - predicted, predicted])
        return {
            "log-loss": log_loss(y, every, labels=range(len(self.classes))),
            "accuracy": accuracy_score(y, every.argmax(axis=1)),
        }

    def seen(self):
        """The classes that train has."""
        return np.unique(self.splits["train"][1]).astype(int)


def boosted(task, settings, seed=42, threads=THREADS):
    """LightGBM with rounds chosen on validation; returns a function from features to predictions."""
    if task.classes:
        kind = lightgbm.LGBMClassifier
        metric = "multi_logloss" if len(task.classes) > 2 else "binary_logloss"
    else:
        kind = lightgbm.LGBMRegressor
        metric = "l1"
    model = kind(
        n_estimators=ROUNDS, random_state=seed, n_jobs=threads, verbose=-1, deterministic=True, metric=metric, **settings
    )
    model.fit(
        *task.splits["train"],
        eval_set=[task.splits["validation"]],
        categorical_feature=task.categories,
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
    )
    predict = model.predict_proba if task.classes else model.predict
    return predict, model.best_iteration_


def histogram(task):
    """scikit-learn's trees; its early stopping is given our validation split."""
    kind = HistGradientBoostingClassifier if task.classes else HistGradientBoostingRegressor
    model = kind(
        learning_rate=0.05,
        max_iter=ROUNDS,
        early_stopping=True,
        n_iter_no_change=PATIENCE,
        categorical_features=task.categories or None,
        random_state=42,
        scoring="loss",
    )
    x, y = task.splits["train"]
    model.fit(x, y, X_val=task.splits["validation"][0], y_val=task.splits["validation"][1])
    # It keeps the rounds after the best one: they are left out by hand.
    best = int(np.argmax(model.validation_score_))
    predict = model.staged_predict_proba if task.classes else model.staged_predict
    return lambda features: next(itertools.islice(predict(features), max(0, best - 1), None)), best


def grid(task):
    """The settings tried, and the one that is best on validation."""
    objectives = [None] if task.classes else ["l2", "l1", "poisson"]
    best = None
    for objective, leaves, least, rate, sample in itertools.product(
        objectives, (7, 15, 31), (5, 20), (0.05,), (0.7, 1.0)
    ):
        settings = {"num_leaves": leaves, "min_child_samples": least, "learning_rate": rate, "colsample_bytree": sample}
        if objective:
            settings["objective"] = objective
        predict, rounds = boosted(task, settings)
        found = task.measure(predict(task.splits["validation"][0]), "validation")
        first = next(iter(found.values()))
        if best is None or first < best[0]:
            best = (first, predict, rounds, settings)
    return best[1], best[2], best[3]


def row(name, found, metrics):
    cells = []
    for metric in metrics:
        validation = found["validation"].get(metric)
        test = found["test"].get(metric)
        cells += [f"{validation:.4g}", f"{test:.4g}"]
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main():
    warnings.filterwarnings("ignore")
    task = Task(sys.argv[1])
    metrics = list(task.measure(boosted(task, DEFAULT)[0](task.splits["test"][0]), "test"))
    head = [f"{split} {metric}" for metric in metrics for split in ("validation", "test")]
    rows = " / ".join(str(len(task.splits[s][1])) for s in task.splits)
    print(f"\n{task.manifest['name']}: {rows} rows\n")
    print("| | " + " | ".join(head) + " |")
    print("|---|" + "---:|" * len(head))

    def tell(name, predict):
        row(name, {s: task.measure(predict(task.splits[s][0]), s) for s in ("validation", "test")}, metrics)

    predict, rounds = histogram(task)
    tell(f"scikit-learn HistGradientBoosting, {rounds} rounds", predict)
    predict, rounds = boosted(task, DEFAULT)
    tell(f"LightGBM, {rounds} rounds", predict)
    predict, rounds, settings = grid(task)
    chosen = ", ".join(f"{key} {value}" for key, value in settings.items())
    tell(f"LightGBM, best of grid on validation ({chosen}), {rounds} rounds", predict)
    if len(sys.argv) > 2:
        with open(sys.argv[2]) as file:
            result = json.load(file)
        ours = result.get("repeats")
        if ours:
            count = len(result["runs"])
            found = {s: {m: ours[f"metrics.{s}.{m}"]["mean"] for m in metrics} for s in ("validation", "test")}
            row(f"Almanac, mean of {count} seeds", found, metrics)
            spread = {s: {m: ours[f"metrics.{s}.{m}"]["sd"] for m in metrics} for s in ("validation", "test")}
            row("its standard deviation", spread, metrics)


if __name__ == "__main__":
    main()
