package io.homeostat.deployer.targets;

/** A world in a Kubernetes cluster. */
abstract class ClusterWorld extends ServingTargetContract.World {
    final FakeCluster cluster = new FakeCluster();

    @Override
    int writes() {
        return cluster.writes;
    }

    @Override
    void outage(int status) {
        cluster.server.outage = status;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
