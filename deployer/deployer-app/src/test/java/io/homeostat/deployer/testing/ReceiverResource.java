package io.homeostat.deployer.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/** A service that takes routes by webhook, a chat, and a cluster without any object, for the application under test. */
public final class ReceiverResource implements QuarkusTestResourceLifecycleManager {
    private static final String CLUSTER = "kubernetes.master";
    private static FakeServer server;

    @Override
    public Map<String, String> start() {
        server = new FakeServer(request -> request.path().startsWith("/apis/")
                ? new FakeServer.Reply(404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404}")
                : new FakeServer.Reply(200, "ok"));
        System.setProperty(CLUSTER, server.uri().toString());
        return Map.of(
                "homeostat.webhooks.router.url", server.uri() + "/router",
                "homeostat.webhooks.router.secret", "s3cret",
                "homeostat.notify.channels", "chat",
                "homeostat.notify.chat.kind", "slack",
                "homeostat.notify.chat.url", server.uri() + "/chat");
    }

    /** What was posted to a path, in order. */
    public static List<FakeServer.Request> requests(String path) {
        return server.requests.stream().filter(r -> r.path().equals(path)).toList();
    }

    @Override
    public void stop() {
        System.clearProperty(CLUSTER);
        server.close();
    }
}
