package io.homeostat.drift.statistics.joint;

class DomainClassifierTest extends JointDriftTestContract {
    @Override
    JointDriftTest create() {
        return new DomainClassifier();
    }

    @Override
    JointDriftTest create(double gate, int fewestRows) {
        return new DomainClassifier(gate, fewestRows);
    }
}
