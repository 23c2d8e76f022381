package io.homeostat.rollout.sequential;

import java.util.SplittableRandom;

class NonInferiorityTest extends EProcessContract<PairedBetting> {
    @Override
    PairedBetting start() {
        return PairedBetting.nonInferiority(.02);
    }

    @Override
    PairedBetting underTheNull(PairedBetting process, SplittableRandom random, int observation) {
        double draw = random.nextDouble();
        return process.observe(draw < .02 ? 1 : draw < .06 ? -1 : 0);
    }

    @Override
    PairedBetting underTheAlternative(PairedBetting process, SplittableRandom random, int observation) {
        double draw = random.nextDouble();
        return process.observe(draw < .04 ? 1 : draw < .06 ? -1 : 0);
    }

    @Override
    void observeNonsense(PairedBetting process) {
        process.observe(Double.NaN);
    }

    @Override
    int length() {
        return 2000;
    }
}
