package io.homeostat.rollout.sequential;

import java.util.SplittableRandom;

class HarmTest extends EProcessContract<PairedBetting> {
    @Override
    PairedBetting start() {
        return PairedBetting.harm();
    }

    @Override
    PairedBetting underTheNull(PairedBetting process, SplittableRandom random, int observation) {
        double draw = random.nextDouble();
        return process.observe(draw < .03 ? 1 : draw < .06 ? -1 : 0);
    }

    @Override
    PairedBetting underTheAlternative(PairedBetting process, SplittableRandom random, int observation) {
        double draw = random.nextDouble();
        return process.observe(draw < .02 ? 1 : draw < .08 ? -1 : 0);
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
