package io.homeostat.deployer.decide;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.backbone.store.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A deployment as JSON. */
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
            throw new UncheckedIOException("a stored deployment cannot be read", e);
        }
    }
}
