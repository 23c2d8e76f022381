package io.homeostat.deployer.decide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.store.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A deployment as JSON. If only its rollout cannot be read, that is a {@link LostRollout}, and all else is kept. */
public final class DeploymentCodec implements StateCodec<Deployment> {
    private static final ObjectMapper MAPPER = RolloutJson.mapper();

    @Override
    public byte[] encode(Deployment state) {
        try {
            return MAPPER.writeValueAsBytes(state);
        } catch (IOException e) {
            throw new UncheckedIOException("the deployment of " + state.model() + " cannot be written", e);
        }
    }

    @Override
    public Deployment decode(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Deployment.class);
        } catch (IOException e) {
            return withoutRollout(bytes, e);
        }
    }

    private static Deployment withoutRollout(byte[] bytes, IOException cause) {
        try {
            JsonNode stored = MAPPER.readTree(bytes);
            if (!(stored instanceof ObjectNode fields) || !(fields.remove("underway") instanceof ObjectNode underway)) {
                throw new UncheckedIOException("a stored deployment cannot be read", cause);
            }
            String problem = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : "" + cause;
            return MAPPER.treeToValue(fields, Deployment.class).withLost(LostRollout.of(underway, firstLine(problem)));
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw new UncheckedIOException("a stored deployment cannot be read", cause);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no reason is known");
    }
}
