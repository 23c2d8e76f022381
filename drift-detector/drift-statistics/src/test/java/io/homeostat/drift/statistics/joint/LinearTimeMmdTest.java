package io.homeostat.drift.statistics.joint;

class LinearTimeMmdTest extends JointDriftTestContract {
    @Override
    JointDriftTest create() {
        return new LinearTimeMmd();
    }

    @Override
    JointDriftTest create(double gate, int fewestRows) {
        return new LinearTimeMmd(gate, fewestRows);
    }
}
