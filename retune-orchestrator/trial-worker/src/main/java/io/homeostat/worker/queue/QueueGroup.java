package io.homeostat.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/**
 * The share group's settings, which live on the broker: tasks sent before the first worker came are not missed, tasks of
 * aborted transactions are not seen, and a task is held for as long as the broker allows.
 */
final class QueueGroup {
    private static final Logger LOG = Logger.getLogger(QueueGroup.class);
    private static final long PATIENCE_SECONDS = 30;

    private QueueGroup() {}

    static void configure(String bootstrapServers, String group, Duration lock) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            set(admin, group, "share.auto.offset.reset", "earliest", Logger.Level.ERROR);
            set(admin, group, "share.isolation.level", "read_committed", Logger.Level.ERROR);
            set(admin, group, "share.record.lock.duration.ms", Long.toString(lock.toMillis()), Logger.Level.WARN);
            // a shorter one lets a new worker get its first task sooner; many brokers do not allow it
            set(admin, group, "share.heartbeat.interval.ms", "500", Logger.Level.DEBUG);
        }
    }

    private static void set(Admin admin, String group, String name, String value, Logger.Level ifRefused) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.logf(
                    ifRefused,
                    "The broker keeps %s of group %s as it is, not %s: %s",
                    name,
                    group,
                    value,
                    e.getCause() == null ? e : e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
