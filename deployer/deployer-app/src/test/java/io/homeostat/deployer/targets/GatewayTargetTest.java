package io.homeostat.deployer.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Route;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.testing.FakeServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two gateways that follow the topic. */
class GatewayTargetTest extends ServingTargetContract {
    @Override
    World open() {
        return new Gateways();
    }

    /** A gateway ahead of us serves by what we are about to read. */
    @Override
    void assertAboutOlder(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    }

    private static final class Gateways extends World {
        private final Set<String> unable = new HashSet<>();
        private final FakeServer first = new FakeServer(request -> metrics());
        private final FakeServer second = new FakeServer(request -> metrics());
        private Route inForce;

        private FakeServer.Reply metrics() {
            String text = "# TYPE homeostat_gateway_route_revision gauge\n"
                    + "homeostat_gateway_route_revision{model=\"loans-2\"} 99.0\n"
                    + (inForce == null
                            ? ""
                            : "homeostat_gateway_route_revision{application=\"g\",model=\"loans\"} "
                                    + inForce.revision() + ".0\n");
            return new FakeServer.Reply(200, text);
        }

        @Override
        ServingTarget target() {
            return new GatewayTarget(List.of(first.uri(), second.uri()), new HttpCalls());
        }

        @Override
        void publish(Route route) {
            // a gateway loads a version first, or stays with the route before
            boolean loads = !unable.contains(route.champion().version())
                    && (route.challenger() == null
                            || !unable.contains(route.challenger().version()));
            if (loads && (inForce == null || route.revision() > inForce.revision())) {
                inForce = route;
            }
        }

        @Override
        Map<String, Double> shares() {
            return expected(inForce);
        }

        @Override
        void answers(String version, boolean can) {
            if (can) {
                unable.remove(version);
            } else {
                unable.add(version);
            }
        }

        @Override
        int writes() {
            return 0;
        }

        @Override
        void outage(int status) {
            second.outage = status;
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
