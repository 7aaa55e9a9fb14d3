"""Boosted trees beside a search of ours, on one prepared dataset: the same rows, splits and encoded columns.

    python compare.py DATASET AUTO.json SEARCH.json TRIALS SECONDS

AUTO.json is what `almanac run --json` printed for a config without a model, SEARCH.json what `almanac search --json` printed for
`space: auto`, SECONDS how long that search took. LightGBM: the best on validation of six settings, and of TRIALS that Optuna chose. Rounds
are chosen by early stopping on validation. The test split is read for the figures alone, which are means over seeds.
"""
import json
import os
import statistics
import sys
import time
import warnings

import optuna

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "trees"))
from compare import Task, boosted  # noqa: E402

SEEDS = 3
SETTINGS = [
    {"num_leaves": leaves, "learning_rate": rate, "min_child_samples": least}
    for leaves, rate, least in ((15, 0.05, 20), (31, 0.05, 20), (63, 0.05, 20), (127, 0.05, 50), (31, 0.02, 20), (15, 0.1, 50))
]


class Trees:
    """LightGBM on a dataset, measured by `metric`, which is less the better."""

    def __init__(self, task, metric, threads):
        self.task, self.metric, self.threads = task, metric, threads

    def fit(self, settings, seed):
        if not self.task.classes:
            settings = {"objective": "l1", **settings}
        return boosted(self.task, settings, seed, self.threads)[0]

    def value(self, predict, split):
        return self.task.measure(predict(self.task.splits[split][0]), split)[self.metric]

    def seeds(self, settings):
        """Means over seeds: by split."""
        models = [self.fit(settings, 42 + seed) for seed in range(SEEDS)]
        return {split: statistics.mean(self.value(model, split) for model in models) for split in ("validation", "test")}

    def best_of_six(self):
        return min((self.seeds({"colsample_bytree": 0.8, "subsample": 0.8, "subsample_freq": 1, **s}) for s in SETTINGS),
                   key=lambda found: found["validation"])

    def searched(self, trials):
        """The best of so many trials of Optuna's TPE, and the seconds that they took."""
        began = time.time()

        def objective(trial):
            return self.value(self.fit(settings(trial), 42), "validation")

        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=42, multivariate=True))
        study.optimize(objective, n_trials=trials)
        seconds = time.time() - began
        return self.seeds(settings(optuna.trial.FixedTrial(study.best_params))), seconds


def settings(trial):
    return {
        "num_leaves": trial.suggest_int("num_leaves", 4, 256, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "min_child_samples": trial.suggest_int("min_child_samples", 2, 100, log=True),
        "colsample_bytree": trial.suggest_float("colsample_bytree", 0.4, 1.0),
        "subsample": trial.suggest_float("subsample", 0.5, 1.0),
        "subsample_freq": 1,
        "reg_alpha": trial.suggest_float("reg_alpha", 1e-8, 10.0, log=True),
        "reg_lambda": trial.suggest_float("reg_lambda", 1e-8, 10.0, log=True),
    }


def main():
    warnings.filterwarnings("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    dataset, auto, search, trials, seconds = sys.argv[1:]
    with open(auto) as file:
        auto = json.load(file)
    with open(search) as file:
        search = json.load(file)
    task = Task(dataset)
    metric = "log-loss" if task.classes else "mae"
    trees = Trees(task, metric, os.cpu_count())
    rows = " / ".join(str(len(task.splits[s][1])) for s in task.splits)
    print(f"\n{task.manifest['name']}: {rows} rows, {metric}\n\n| | validation | test | seconds |\n|---|---:|---:|---:|")

    def row(name, found, took=None):
        took = "" if took is None else f"{took:.0f}"
        print(f"| {name} | {found['validation']:.4g} | {found['test']:.4g} | {took} |", flush=True)

    began = time.time()
    row(f"LightGBM, best of {len(SETTINGS)} settings", trees.best_of_six(), time.time() - began)
    found, took = trees.searched(int(trials))
    row(f"LightGBM, {trials} trials of Optuna", found, took)
    repeats = auto["repeats"]
    row("Almanac without a model section", {s: repeats[f"metrics.{s}.{metric}"]["mean"] for s in ("validation", "test")})
    row(f"Almanac, `space: auto`, {trials} trials", {s: search["metrics"][s][metric] for s in ("validation", "test")}, float(seconds))


if __name__ == "__main__":
    main()
