package io.homeostat.backbone.topic;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The topics as configured. */
class TopicsProducer {
    @Produces
    @Singleton
    Topics topics(
            @ConfigProperty(name = "homeostat.topics.prefix") String prefix,
            @ConfigProperty(name = "homeostat.topics.partitions") int partitions,
            @ConfigProperty(name = "homeostat.topics.replication") short replication,
            @ConfigProperty(name = "homeostat.topics.expire") boolean expire) {
        return new Topics(prefix, partitions, replication, expire);
    }

    @Produces
    @Singleton
    UserTopics userTopics(Topics topics, @ConfigProperty(name = UserTopics.SETTING) Optional<String> expression) {
        return UserTopics.of(topics, expression.orElse(""));
    }
}
