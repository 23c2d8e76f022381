package io.homeostat.gateway.infer;

import static io.homeostat.gateway.protocol.RefusedException.badRequest;

import io.homeostat.backbone.serde.Nearest;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.gateway.protocol.Datatype;
import io.homeostat.gateway.protocol.InferRequest;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.protocol.Tensor;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ServingModel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a request's tensors are what a model needs: every feature is there with a datatype that fits, and nothing is that
 * nobody knows. What the spec lists, or the other version of the rollout wants, is known, too.
 */
final class Inputs {
    private Inputs() {}

    /** Errors: {@link RefusedException} 400 with the path, what is there and a way out. */
    static void check(InferRequest request, Scorer scorer, ServingModel serving, Optional<ModelSpec> spec) {
        Map<String, Tensor> sent = request.byName();
        int wanted = 0;
        for (Scorer.Feature feature : scorer.features()) {
            Tensor tensor = sent.get(feature.name());
            if (tensor == null) {
                throw badRequest("inputs", "the feature '" + feature.name() + "' is missing; got " + sent.keySet());
            }
            checkDatatype(tensor, feature);
            wanted++;
        }
        if (wanted < sent.size()) {
            checkKnown(sent, serving, spec);
        }
    }

    // a category may be sent as a number, as it was in training
    private static void checkDatatype(Tensor tensor, Scorer.Feature feature) {
        if (feature.datatype().equals(Datatype.FP64.name())
                && !tensor.datatype().numeric()) {
            throw badRequest(
                    tensor.path() + ".datatype",
                    tensor.datatype() + " is text, but the feature is a number; send FP64, or any other datatype of"
                            + " numbers");
        }
    }

    private static void checkKnown(Map<String, Tensor> sent, ServingModel serving, Optional<ModelSpec> spec) {
        Set<String> known = new TreeSet<>(serving.features());
        spec.ifPresent(s -> known.addAll(s.features().keySet()));
        sent.forEach((name, tensor) -> {
            if (!known.contains(name)) {
                throw badRequest(
                        tensor.path(),
                        "is no feature of the model"
                                + Nearest.to(name, known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("; leave it out.")
                                + " Known here: " + String.join(", ", known));
            }
        });
    }
}
