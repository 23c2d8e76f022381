package io.homeostat.gateway.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/** The server itself in the protocol: who it is, whether it lives, whether it is ready. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {
    private final GatewayReady readiness;
    private final String version;

    ServerResource(
            @Readiness GatewayReady readiness,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "development") String version) {
        this.readiness = readiness;
        this.version = version;
    }

    @GET
    public Map<String, Object> server() {
        return Map.of("name", "homeostat", "version", version, "extensions", List.of());
    }

    @GET
    @Path("/health/live")
    public Map<String, Boolean> live() {
        return Map.of("live", true);
    }

    @GET
    @Path("/health/ready")
    public Response ready() {
        boolean ready = readiness.ready();
        return Response.status(ready ? 200 : 503).entity(Map.of("ready", ready)).build();
    }
}
