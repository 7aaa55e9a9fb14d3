"""peer.py TRIALS SEEDS WAVE [SAMPLER]: median regret of Optuna's sampler on the functions of Problem.java, after half of the trials and
after all of them, and the milliseconds of CPU that a suggestion takes; one line a function. WAVE trials are asked for before any is told."""
import math
import statistics
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
     [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]]
ALPHA = [1, 1.2, 3, 3.2]
ACTIVATIONS = {"relu": 0.05, "gelu": 0, "silu": 0.02, "tanh": 0.15}


def branin(x):
    b = 5.1 / (4 * math.pi**2)
    y = x[1] - b * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return y * y + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10 - 0.39788735772973816


def hartmann(x):
    return 3.322368011415515 - sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j]) ** 2 for j in range(6))) for i in range(4))


def moved(x, most):
    return [v - most * math.sin(1.7 * (i + 1)) for i, v in enumerate(x)]


def sphere(x):
    return sum(v * v for v in moved(x, 2))


def rosenbrock(x):
    x = moved(x, 1.5)
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def ackley(x):
    x = moved(x, 12)
    squares = sum(v * v for v in x) / len(x)
    cosines = sum(math.cos(2 * math.pi * v) for v in x) / len(x)
    return -20 * math.exp(-0.2 * math.sqrt(squares)) - math.exp(cosines) + 20 + math.e


def box(function, lows, highs):
    return lambda trial: function([trial.suggest_float(f"x{i}", lows[i], highs[i]) for i in range(len(lows))])


def mixed(trial):
    lr = math.log10(trial.suggest_float("lr", 1e-5, 1e-1, log=True))
    wd = math.log10(trial.suggest_float("wd", 1e-6, 1e-2, log=True))
    layers = trial.suggest_int("layers", 1, 8)
    width = (trial.suggest_int("width", 64, 512, step=64) - 384) / 64
    dropout = trial.suggest_float("dropout", 0.0, 0.5)
    activation = trial.suggest_categorical("activation", list(ACTIVATIONS))
    return (0.3 * (lr + 3 + 0.15 * (layers - 5)) ** 2 + 0.05 * (wd + 4) ** 2 + 0.02 * (layers - 5) ** 2 + 0.01 * width**2
            + 2 * (dropout - 0.2 - 0.02 * width) ** 2 + ACTIVATIONS[activation])


FUNCTIONS = {
    "branin": box(branin, [-5, 0], [10, 15]),
    "hartmann-6": box(hartmann, [0] * 6, [1] * 6),
    "sphere-10": box(sphere, [-5] * 10, [5] * 10),
    "rosenbrock-10": box(rosenbrock, [-5] * 10, [5] * 10),
    "ackley-5": box(ackley, [-32.768] * 5, [32.768] * 5),
    "mixed": mixed,
}


def sampler(name, seed):
    return {"tpe": lambda: optuna.samplers.TPESampler(seed=seed), "random": lambda: optuna.samplers.RandomSampler(seed=seed),
            "cma-es": lambda: optuna.samplers.CmaEsSampler(seed=seed)}[name]()


def main(trials, seeds, wave, name="tpe"):
    for function, objective in FUNCTIONS.items():
        half, full = [], []
        seconds = 0.0
        for seed in range(seeds):
            study = optuna.create_study(sampler=sampler(name, seed))
            told, best = 0, math.inf
            while told < trials:
                asked = []
                for _ in range(min(wave, trials - told)):
                    start = time.process_time()
                    trial = study.ask()
                    asked.append((trial, objective(trial)))
                    seconds += time.process_time() - start
                for trial, value in asked:
                    study.tell(trial, value)
                    best = min(best, value)
                    told += 1
                    if told == trials // 2:
                        half.append(best)
            full.append(best)
        print(function, statistics.median(half), statistics.median(full), seconds * 1e3 / seeds / trials, flush=True)


main(*map(int, sys.argv[1:4]), *sys.argv[4:])
