package io.homeostat.benchmarks.harness;

import java.util.logging.Level;
import java.util.logging.LogManager;

/**
 * What is logged while something is measured: errors only. Without a configuration, Quarkus' log manager lets every sentence
 * through, and Kafka Streams has several for each record: composing them was more than half of what an event cost.
 */
public final class Logs {
    /** The option that a measured process must be started with. */
    public static final String MANAGER_OPTION = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    private Logs() {}

    /** Keeps all but errors from being composed. Error: {@link IllegalStateException} without {@link #MANAGER_OPTION}. */
    public static void onlyErrors() {
        LogManager manager = LogManager.getLogManager();
        if (!manager.getClass().getName().equals("org.jboss.logmanager.LogManager")) {
            throw new IllegalStateException(
                    "logging: the log manager is " + manager.getClass().getName()
                            + ", which has no say in what Kafka logs. Start the process with " + MANAGER_OPTION + ".");
        }
        manager.getLogger("").setLevel(Level.SEVERE);
    }
}
