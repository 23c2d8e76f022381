package io.homeostat.study.pruner;

/** Lets every trial go on. */
public final class NeverPruner implements Pruner {

    @Override
    public PruneDecision decide(PrunerRequest request) {
        return PruneDecision.goOn("never pruned");
    }
}
