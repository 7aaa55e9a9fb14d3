"""check.py ALMANAC WORK [--without-mlflow]: what run says."""
import contextlib
import json
import math
import random
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

ALMANAC, WORK, WITH_MLFLOW = sys.argv[1], Path(sys.argv[2]), "--without-mlflow" not in sys.argv
NAME = "tools"
CONFIG = """
name: tools
source: {files: [source.csv]}
columns: {label: y, numeric: [a, b], nominal: [color]}
split:
  column: day
  train: {until: 2013-01-01}
  validation: {from: 2013-01-01, until: 2015-01-01}
  test: {from: 2015-01-01}
output: {dataset: out}
train: {model: {hidden: [8], embedding: 2}, batch-size: 100, epochs: 4, device: cpu, threads: 1}
search:
  name: tools
  sampler: random
  trials: 6
  parallel: 2
  pruner: {name: median, startup: 2, from: 1}
  space:
    train.optimizer.learning-rate: {log-uniform: [1.0e-4, 1.0e-1]}
    train.model.hidden: {choice: [[4], [8, 8]]}
    train.batch-size: {int: [50, 200], every: 50}
    train.optimizer.weight-decay: {float: [0, 0.1]}
track:
  tensorboard: true
  optuna-journal: true
  openlineage: lineage.jsonl
"""
optuna.logging.set_verbosity(optuna.logging.ERROR)
different = []
began = time.time()


def check(what, ours, theirs):
    same = ours == theirs
    print(f"{time.time() - began:6.1f} s  {'same' if same else 'DIFFERS'}  {what}", flush=True)
    if not same:
        different.append(what)
        print(f"  written: {str(ours)[:2000]}\n  read:    {str(theirs)[:2000]}", flush=True)


def almanac(*words):
    done = subprocess.run([ALMANAC, *words, "--json"], cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"almanac {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


def near(number):
    """As a 32-bit float has it, which is what an event file keeps."""
    return str(struct.unpack("f", struct.pack("f", number))[0])


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def server(name, path, *words):
    at = port()
    log = open(WORK / f"{name}.log", "w")
    process = subprocess.Popen([str(Path(sys.executable).parent / name), *words, "--port", str(at)], cwd=WORK, stdout=log, stderr=log)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{at}{path}", timeout=5).close()
                break
            if process.poll() is not None:
                sys.exit(f"{name} ended: {(WORK / f'{name}.log').read_text()[-3000:]}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{at}"
    finally:
        process.terminate()
        process.wait(30)


def write_table():
    rng = random.Random(0)
    rows = ["day,a,b,color,y"]
    for day, count in (("2012-06-01", 2000), ("2013-06-01", 500), ("2015-06-01", 500)):
        for _ in range(count):
            a, b, color = rng.gauss(0, 1), rng.gauss(0, 1), rng.choice(["red", "green", "blue"])
            rows.append(f"{day},{a},{b},{color},{10 + 3 * a - b + (color == 'red')}")
    (WORK / "source.csv").write_text("\n".join(rows) + "\n")


def runs():
    """Of each run its record and its epochs."""
    found = {}
    for record in sorted((WORK / "runs").glob("*/run.json")):
        lines = (record.parent / "metrics.jsonl").read_text().splitlines()
        found[record.parent.name] = (json.loads(record.read_text()), [json.loads(line) for line in lines])
    return found


def tensorboard(written):
    for run, (record, epochs) in written.items():
        events = EventAccumulator(str(WORK / "runs" / run), size_guidance={"scalars": 0})
        events.Reload()
        for tag, values in {
            "train/loss": [(epoch["epoch"], near(epoch["train-loss"])) for epoch in epochs],
            "validation/mae": [(epoch["epoch"], near(epoch["validation"]["mae"])) for epoch in epochs],
        }.items():
            check(f"TensorBoard: {tag} of {run}", values, [(event.step, near(event.value)) for event in events.Scalars(tag)])
        from tensorboard.plugins.hparams import plugin_data_pb2

        started = plugin_data_pb2.HParamsPluginData.FromString(
            events.SummaryMetadata("_hparams_/session_start_info").plugin_data.content).session_start_info
        assignment = record["series"]["trial"]["assignment"]
        check(f"TensorBoard: hyperparameters of {run}", sorted(assignment), sorted(started.hparams))
        rate = "train.optimizer.learning-rate"
        check(f"TensorBoard: {rate} of {run}", assignment[rate], started.hparams[rate].number_value)


STATES = {"finished": "COMPLETE", "pruned": "PRUNED", "failed": "FAIL"}


def plain(value):
    """As Optuna has a choice."""
    return json.dumps(value, separators=(",", ":")) if isinstance(value, (list, dict)) else value


def optuna_reads(trials, journal):
    study = optuna.load_study(study_name=NAME, storage=JournalStorage(JournalFileBackend(str(journal))))
    by_number = {trial.user_attrs["trial"]: trial for trial in study.trials}
    check("Optuna: numbers of trials", sorted(trial["number"] for trial in trials), sorted(by_number))
    for trial in trials:
        read = by_number[trial["number"]]
        name = f"trial {trial['number']}"
        check(f"Optuna: state of {name}", STATES[trial["state"]], read.state.name)
        check(f"Optuna: value of {name}", trial.get("value"), read.value)
        check(f"Optuna: params of {name}", {path: plain(value) for path, value in trial["assignment"].items()}, read.params)
        check(
            f"Optuna: values by epoch of {name}",
            {report["epoch"]: report["value"] for report in trial["reports"]},
            read.intermediate_values)
    best = min((trial for trial in trials if trial["state"] == "finished"), key=lambda trial: trial["value"])
    check("Optuna: the best trial", best["number"], study.best_trial.user_attrs["trial"])
    with server("optuna-dashboard", "/api/studies", str(journal)) as uri:
        with urllib.request.urlopen(f"{uri}/api/studies", timeout=30) as answer:
            studies = json.load(answer)["study_summaries"]
        check("optuna-dashboard: studies", [NAME], [study["study_name"] for study in studies])
        with urllib.request.urlopen(f"{uri}/api/studies/{studies[0]['study_id']}?after=0", timeout=30) as answer:
            check("optuna-dashboard: trials", len(trials), len(json.load(answer)["trials"]))


def mlflow_reads(uri, written):
    import mlflow

    client = mlflow.MlflowClient(uri)
    experiment = client.get_experiment_by_name(NAME)
    shown = {run.data.tags.get("almanac.run-id", ""): run for run in client.search_runs([experiment.experiment_id])}
    parent = shown.pop("")
    check("MLflow: runs", sorted(written), sorted(shown))
    check("MLflow: the search's state", "FINISHED", parent.info.status)
    for run, (record, epochs) in written.items():
        read = shown[run]
        state = record["state"]["status"]
        check(f"MLflow: parent of {run}", parent.info.run_id, read.data.tags.get("mlflow.parentRunId"))
        check(f"MLflow: state of {run}", "FINISHED" if state == "finished" else "KILLED", read.info.status)
        check(f"MLflow: exact state of {run}", state, read.data.tags.get("almanac.state"))
        rate = record["recipe"]["train"]["optimizer"]["learning-rate"]
        check(f"MLflow: learning rate of {run}", rate, float(read.data.params["train.optimizer.learning-rate"]))
        check(
            f"MLflow: validation.mae by epoch of {run}",
            [(epoch["epoch"], epoch["validation"]["mae"]) for epoch in epochs],
            sorted((metric.step, metric.value) for metric in client.get_metric_history(read.info.run_id, "validation.mae")))
        inputs = [each.dataset.digest for each in read.inputs.dataset_inputs]
        check(f"MLflow: dataset of {run}", [record["recipe"]["dataset"]["hash"][:36]], inputs)
        kept = Path(client.download_artifacts(read.info.run_id, "run.json", str(WORK)))
        check(f"MLflow: run.json of {run}", (WORK / "runs" / run / "run.json").read_bytes(), kept.read_bytes())


def almanac_reads():
    """Optuna's own journal, with every kind of parameter and every end of a trial."""
    storage = JournalStorage(JournalFileBackend(str(WORK / "theirs.log")))
    study = optuna.create_study(
        study_name="theirs", storage=storage, sampler=optuna.samplers.TPESampler(seed=1),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=1))

    def objective(trial):
        x = trial.suggest_float("x", -3, 3)
        trial.suggest_float("rate", 1e-5, 1e-1, log=True)
        layers = trial.suggest_int("layers", 1, 9, step=2)
        trial.suggest_int("width", 1, 64, log=True)
        trial.suggest_float("dropout", 0, 1, step=0.25)
        if trial.suggest_categorical("kind", ["a", "b", 3, True, None]) == "a":
            trial.suggest_float("under", 0, 1)
        for step in range(5):
            trial.report(math.nan if trial.number == 3 and step == 1 else x * x + layers + 5 - step, step)
            if trial.should_prune():
                raise optuna.TrialPruned()
        if trial.number == 7:
            raise ValueError("on purpose")
        return math.nan if trial.number == 8 else x * x + layers

    study.enqueue_trial({"x": 0.5})
    study.optimize(objective, n_trials=30, catch=(ValueError,))
    study.add_trial(optuna.trial.create_trial(
        params={"x": 1.0}, distributions={"x": optuna.distributions.FloatDistribution(-3, 3)}, value=2.5, intermediate_values={0: 7.0}))
    study.ask()
    check("import: trials", len(study.trials), almanac("study", "import", "theirs.log")["trials"])
    lines = almanac("study", "export", "theirs", "--format", "jsonl")["lines"].splitlines()
    states = STATES | {"cancelled": "RUNNING"}
    for theirs, line in zip(study.trials, lines):
        ours, name = json.loads(line), f"trial {theirs.number}"
        check(f"import: state of {name}", theirs.state.name, states[ours["state"]])
        check(f"import: params of {name}", theirs.params, ours["assignment"])
        steps = {step + 1: value for step, value in theirs.intermediate_values.items() if math.isfinite(value)}
        check(f"import: values by step of {name}", steps, {each["epoch"]: each["value"] for each in ours.get("reports") or []})
        if theirs.state.name == "COMPLETE":
            check(f"import: value of {name}", theirs.value, ours["value"])
    shown = almanac("study", "show", "theirs")["study"]
    check("import: the best trial", (study.best_trial.number, study.best_value), (shown["best-trial"], shown["best"]))


def search():
    almanac("search", "tools.yaml")
    written = runs()
    lines = almanac("study", "export", NAME, "--format", "jsonl")["lines"].splitlines()
    trials = [json.loads(line) for line in lines]
    check("runs of the search", sorted(trial["run-id"] for trial in trials), sorted(written))
    return written, trials


write_table()
with contextlib.ExitStack() as running:
    if WITH_MLFLOW:
        uri = running.enter_context(server(
            "mlflow", "/health", "server", "--host", "127.0.0.1", "--workers", "1",
            "--backend-store-uri", "sqlite:///mlflow.db", "--artifacts-destination", "artifacts"))
        CONFIG += f"  mlflow: {uri}\n"
    (WORK / "tools.yaml").write_text(CONFIG)
    written, trials = search()
    tensorboard(written)
    optuna_reads(trials, WORK / "studies" / NAME / "optuna-journal.log")
    if WITH_MLFLOW:
        mlflow_reads(uri, written)
events = [json.loads(line) for line in (WORK / "lineage.jsonl").read_text().splitlines()]
jobs = sorted(event["job"]["name"] + " " + event["eventType"] for event in events if event["eventType"] == "START")
check("OpenLineage: beginnings", ["tools.prepare START"] + ["tools.train START"] * len(written), jobs)
check("OpenLineage: runs with an end", len(written) + 1, len({event["run"]["runId"] for event in events if event["eventType"] != "START"}))
almanac_reads()
print(f"{time.time() - began:.0f} s", flush=True)
sys.exit(f"{len(different)} differ" if different else 0)
