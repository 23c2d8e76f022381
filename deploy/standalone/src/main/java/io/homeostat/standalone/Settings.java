package io.homeostat.standalone;

import java.nio.file.Path;

/** What a command sets before the services start; everything else is in application.properties. */
final class Settings {
    private Settings() {}

    static void apply(String command, Options options, Path data) {
        set("homeostat.streams.state-dir", data.resolve("streams").toString());
        set("homeostat.artifacts.dir", data.resolve("artifacts").toString());
        long port = options.number("port", command.equals("up") ? 8080 : 0, 0, 65_535);
        set("quarkus.http.port", Long.toString(port));
        if (command.equals("replay")) {
            // one order of all events, and time by events only: a run is the same for the same seed
            set("homeostat.topics.partitions", "1");
            set("homeostat.streams.threads", "1");
            set("homeostat.worker.threads", "1");
            set("homeostat.streams.commit-interval", "20ms");
            set("homeostat.clock", "event");
            set("homeostat.sources.patience", "0s");
            // the rows' times are years ago
            set("homeostat.topics.expire", "false");
            // a busy machine must not decide who answers
            set("homeostat.gateway.challenger-timeout", "60s");
        }
    }

    private static void set(String name, String value) {
        // what a person sets by hand (-Dname=value) stays
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
