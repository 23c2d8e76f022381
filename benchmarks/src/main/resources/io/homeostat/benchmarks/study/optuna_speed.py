"""The processor time that Optuna's ask, suggestions and tell take per trial, in milliseconds, one figure per round."""
import json
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
parameters, trials, rounds, timed = map(int, sys.argv[1:5])
space = {f"x{j}": optuna.distributions.FloatDistribution(0, 1) for j in range(parameters)}


def loss(point):
    return sum((x - 0.3) ** 2 for x in point.values())


def one(study):
    trial = study.ask()
    study.tell(trial, loss({name: trial.suggest_float(name, 0, 1) for name in space}))


millis = []
for seed in range(rounds):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
    for _ in range(trials):
        one(study)
    study.sampler = optuna.samplers.TPESampler(multivariate=True, seed=seed)
    one(study)
    start = time.process_time()
    for _ in range(timed):
        one(study)
    millis.append((time.process_time() - start) * 1000 / timed)
print(json.dumps(millis))
