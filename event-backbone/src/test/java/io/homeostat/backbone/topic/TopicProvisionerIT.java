package io.homeostat.backbone.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicProvisionerIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    @Test
    void createsEveryTopicAndIsContentWithThemAfterwards() throws Exception {
        // given
        Topics topics = new Topics("created", 3, (short) 1);
        TopicProvisioner provisioner = new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE);

        // when
        provisioner.provision(topics.all());
        provisioner.provision(topics.all());

        // then
        try (Admin admin = broker.admin()) {
            var there = admin.describeTopics(
                            topics.all().stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get();
            assertThat(there.values())
                    .hasSize(topics.all().size())
                    .allSatisfy(t -> assertThat(t.partitions()).hasSize(3));
        }
        new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CHECK).provision(topics.all());
    }

    @Test
    void factsThatMustNotExpireAreKeptWithoutAnEnd() throws Exception {
        // given
        Topics topics = new Topics("kept", 1, (short) 1, false);

        // when
        new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE).provision(topics.all());

        // then
        ConfigResource labels =
                new ConfigResource(ConfigResource.Type.TOPIC, topics.labels().name());
        try (Admin admin = broker.admin()) {
            assertThat(admin.describeConfigs(List.of(labels))
                            .all()
                            .get()
                            .get(labels)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("-1");
        }
    }

    @Test
    void namesWhatIsMissingWhereItMayNotCreate() {
        Topics topics = new Topics("absent", 2, (short) 1);
        TopicProvisioner provisioner = new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CHECK);

        assertThatThrownBy(() -> provisioner.provision(topics.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(topics.all().size() + " topics are missing")
                .hasMessageContaining("absent.routes  partitions=2 replication=1 {")
                .hasMessageContaining("cleanup.policy=compact");
    }
}
