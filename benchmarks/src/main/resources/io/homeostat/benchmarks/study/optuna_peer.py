"""Optuna as a sampler over standard input and output.

A line {"space": ..., "sampler": ..., "objectives": ..., "seed": ..., "enqueue": [...]} starts a study that tries the
configurations of "enqueue", which may be left out, first; a line with a list of numbers tells
the values of the last configuration, all to be minimised; the answer to either is the next configuration.
"""

import json
import sys
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")


def sampler(name, seed):
    if name == "optunaTpe":
        return optuna.samplers.TPESampler(multivariate=True, seed=seed)
    if name == "optunaNsga2":
        return optuna.samplers.NSGAIISampler(seed=seed)
    return optuna.samplers.CmaEsSampler(seed=seed)


def suggested(trial, space):
    values = {}
    for name, parameter in space.items():
        if "float" in parameter:
            low, high = parameter["float"]
            values[name] = trial.suggest_float(name, low, high, log=parameter.get("log", False))
        elif "int" in parameter:
            low, high = parameter["int"]
            values[name] = trial.suggest_int(name, low, high, log=parameter.get("log", False))
        elif "ordinal" in parameter:
            values[name] = parameter["ordinal"][trial.suggest_int(name, 0, len(parameter["ordinal"]) - 1)]
        else:
            values[name] = trial.suggest_categorical(name, parameter["categorical"])
    return values


study = None
trial = None
for line in sys.stdin:
    message = json.loads(line)
    if isinstance(message, dict):
        space = message["space"]
        goals = ["minimize"] * message["objectives"]
        study = optuna.create_study(directions=goals, sampler=sampler(message["sampler"], message["seed"]))
        for configuration in message.get("enqueue", []):
            study.enqueue_trial(configuration)
    else:
        study.tell(trial, message)
    trial = study.ask()
    print(json.dumps(suggested(trial, space)), flush=True)
