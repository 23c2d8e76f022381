package io.homeostat.study.pruner;

import io.homeostat.study.option.Options;

/** Lets every trial go on. */
public final class NeverPruner implements Pruner {

    public NeverPruner() {}

    /** It has no options. */
    NeverPruner(Options none) {}

    @Override
    public PruneDecision decide(PrunerRequest request) {
        return PruneDecision.goOn("never pruned");
    }
}
