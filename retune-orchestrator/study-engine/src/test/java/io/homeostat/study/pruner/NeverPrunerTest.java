package io.homeostat.study.pruner;

class NeverPrunerTest extends PrunerContract {

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("never").pruner();
    }
}
