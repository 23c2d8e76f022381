package io.homeostat.drift.statistics.joint;

class FourierMmdTest extends JointDriftTestContract {
    @Override
    JointDriftTest create() {
        return new FourierMmd();
    }

    @Override
    JointDriftTest create(double gate, int fewestRows) {
        return new FourierMmd(gate, fewestRows);
    }
}
