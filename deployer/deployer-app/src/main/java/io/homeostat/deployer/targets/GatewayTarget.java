package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.deployer.outbound.HttpCalls;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Our gateways. They follow the topic of the routes by themselves, load a version before they switch, and forget what a
 * route does not name; all that is done here is to look at the revision that each of them serves by, in its meters.
 */
final class GatewayTarget implements ServingTarget {
    private static final String METER = "homeostat_gateway_route_revision";

    private final List<URI> gateways;
    private final HttpCalls http;

    GatewayTarget(List<URI> gateways, HttpCalls http) {
        this.gateways = gateways;
        this.http = http;
    }

    @Override
    public Observed wanted(Route route) {
        return Observed.of(route);
    }

    @Override
    public Observed observe(Route route) {
        long oldest = gateways.stream()
                .mapToLong(g -> revision(g, route.model()))
                .min()
                .orElse(0);
        // a gateway that is ahead of us has read a route that we are about to read, too
        return oldest < route.revision() ? new Observed(oldest, 0, 0, 100, false) : Observed.of(route);
    }

    private long revision(URI gateway, String model) {
        String who = "gateway " + gateway.getHost() + ":" + gateway.getPort();
        HttpCalls.Answer answer = http.send(who, "GET", gateway.resolve("/q/metrics"), Map.of(), null);
        if (!answer.ok()) {
            throw new TargetException(who + " answered with status " + answer.status());
        }
        String label = "model=\"" + model + "\"";
        return answer.text()
                .lines()
                .filter(line -> line.startsWith(METER + "{") && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public Readiness ready(Route route, Route.Target version, double percentNow) {
        return Readiness.DONE;
    }

    @Override
    public void route(Route route) {
        // the topic has told them
    }

    @Override
    public Readiness scale(Route route) {
        return Readiness.DONE;
    }
}
