"""What benchmarks/search/trials does beside running the contestants.

    trials.py about DATASET TRIALS EPOCHS STATIONS   says what is compared
    trials.py study JOURNAL [RESULT]                 begins Optuna's study, with the usual settings or the trials of our study
    trials.py row NAME FOLDER                        a JSON line of what a contestant left in its folder
    trials.py table                                  such lines as a table
    trials.py asha SEED RANDOM ASHA                  a JSON line of two searches by their results
    trials.py asha-table EPOCHS                      such lines as a table; EPOCHS: of a random search

RESULT, RANDOM and ASHA are files of what `almanac search --json` printed.
"""
import datetime
import json
import math
import pathlib
import statistics
import sys

WORKERS = 2
# Where our space has powers of two, Optuna's has their exponents.
POWERS = {"train.batch-size": "batch-size-log2", "train.model.embedding": "embedding-log2"}
USUAL = {"train.optimizer.learning-rate": 0.003, "train.optimizer.weight-decay": 0.1, "train.model.hidden": [256, 128, 64],
         "train.model.embedding": 8, "train.model.dropout": 0.0, "train.batch-size": 1024}


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def result(path):
    return json.loads(pathlib.Path(path).read_text())


def trials(study):
    """The last state of each trial of a study of ours, by number."""
    last = {}
    for line in lines(pathlib.Path(study) / "trials.jsonl"):
        last[line["number"]] = line
    return last


def about(dataset, count, epochs, stations):
    files = json.loads((pathlib.Path(dataset) / "dataset.json").read_text())["parquet"]["splits"]
    train, validation = (sum(file["rows"] for file in files[split]) for split in ("train", "validation"))
    print(f"\n{stations} stations: {train:,} rows of train, {validation:,} of validation; {count} trials of {epochs} epochs; "
          f"{WORKERS} workers with a thread each\n", flush=True)


def study(journal, given=None):
    import optuna
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    begun = optuna.create_study(storage=JournalStorage(JournalFileBackend(journal)), study_name="trials")
    chosen = [USUAL]
    if given:
        chosen = [trial["assignment"] for _, trial in sorted(trials(result(given)["study"]).items())]
    for assignment in chosen:
        begun.enqueue_trial(theirs(assignment))


def theirs(assignment):
    settings = {}
    for path, value in assignment.items():
        name = path.rsplit(".", 1)[1]
        if path in POWERS:
            settings[POWERS[path]] = int(math.log2(value))
        else:
            settings[name] = json.dumps(value) if name == "hidden" else value
    return settings


def seconds_of(time):
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def ours(folder):
    """The best value; for each trial its weights, and what it took beside its epochs, unless it was a worker's first."""
    told = result(folder / "out")
    begun = {line["trial"]: seconds_of(line["since"]) for line in lines(pathlib.Path(told["study"]) / "segments.jsonl")}
    ended = trials(told["study"])
    require(all(trial["state"] == "finished" for trial in ended.values()), f"not all trials of {told['study']} have finished")
    free, beside, weights = [], [], []
    for number, since in sorted(begun.items(), key=lambda trial: trial[1]):
        run = folder / "runs" / ended[number]["run-id"]
        training = sum(epoch["speed"]["seconds"] for epoch in lines(run / "metrics.jsonl"))
        weights.append(json.loads((run / "model" / "model.json").read_text())["parameters"])
        if len(free) == WORKERS:
            # It went to the worker that had ended last before it; times are rounded to milliseconds.
            before = max((end for end in free if end <= since + 0.01), default=min(free))
            free.remove(before)
            beside.append(ended[number]["seconds"] - training + max(0.0, since - before))
        free.append(since + ended[number]["seconds"])
    return told["best"]["value"], beside, weights


def peers(folder):
    """The same, of Optuna's processes."""
    values, beside, weights = [], [], []
    for process in range(1, WORKERS + 1):
        before = None
        for trial in lines(folder / f"trials-{process}.jsonl"):
            values.append(trial["value"])
            weights.append(trial["weights"])
            if before is not None:
                beside.append(trial["until"] - before - sum(trial["seconds"]))
            before = trial["until"]
    return min(values), beside, weights


def require(holds, otherwise):
    if not holds:
        sys.exit(f"trials.py: {otherwise}")


def row(name, folder):
    folder = pathlib.Path(folder)
    wall, user, system = map(float, (folder / "times").read_text().split())
    best, beside, weights = (ours if name == "almanac" else peers)(folder)
    print(json.dumps({"name": name, "wall": wall, "cpu": user + system, "trials": len(weights), "best": best, "beside": beside,
                      "weights": statistics.mean(weights)}), flush=True)


def table():
    print("| | wall s | CPU s | trials an hour | trials a CPU hour | best MAE | beside its training, median s | most s | weights |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    for line in sys.stdin:
        found = json.loads(line)
        count, beside = found["trials"], found["beside"]
        times = f"{statistics.median(beside):.3f} | {max(beside):.3f}" if beside else "- | -"
        print(f"| {found['name']} | {found['wall']:.1f} | {found['cpu']:.1f} | {count / found['wall'] * 3600:.0f} | "
              f"{count / found['cpu'] * 3600:.0f} | {found['best']:.2f} | {times} | {found['weights']:,.0f} |", flush=True)


def epochs_until(study, target):
    """How many epochs the trials had trained when one had finished that is as good, in the order of decisions; None when none did."""
    trained = {}
    for trial in lines(pathlib.Path(study) / "trials.jsonl"):
        if trial["reports"]:
            trained[trial["number"]] = trial["reports"][-1]["epoch"]
        if trial["state"] == "finished" and trial["value"] <= target:
            return sum(trained.values())
    return None


def asha(seed, usual, early):
    usual, early = result(usual), result(early)
    target = usual["best"]["value"]
    last = trials(early["study"]).values()
    print(json.dumps({"seed": seed, "target": target, "best": early["best"]["value"], "trials": len(last),
                      "until": epochs_until(early["study"], target),
                      "epochs": sum(trial["reports"][-1]["epoch"] for trial in last if trial["reports"])}), flush=True)


def asha_table(epochs):
    print("| seed | random's best MAE | TPE with ASHA | trials | epochs until as good | of random's | epochs when it was over |")
    print("|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    few = count = 0
    for line in sys.stdin:
        found = json.loads(line)
        until = found["until"]
        share = until / int(epochs) if until else None
        count += 1
        few += until is not None and share <= 1 / 3
        print(f"| {found['seed']} | {found['target']:.3f} | {found['best']:.3f} | {found['trials']} | {until or 'never'} | "
              f"{f'{share:.2f}' if until else '-'} | {found['epochs']} |", flush=True)
    print(f"\nas good with at most a third of the epochs: {few} of {count} seeds")


COMMANDS = {"about": about, "study": study, "row": row, "table": table, "asha": asha, "asha-table": asha_table}
COMMANDS[sys.argv[1]](*sys.argv[2:])
