/** Brings a model's route to where it is served: our gateways, Kubernetes, KServe, MLflow's registry, your own service. */
@NullMarked
package io.homeostat.deployer.targets;

import org.jspecify.annotations.NullMarked;
