package io.homeostat.backbone.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.topology.Topologies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicTest {
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);

    /* A share of a window with 300 features has a megabyte, which is a broker's default. */
    @Test
    void everyTopicTakesWhatManyFeaturesNeed() {
        String most = Integer.toString(Topic.MOST_STATE_BYTES);
        assertThat(TOPICS.all())
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("max.message.bytes", most));
        assertThat(Topologies.settings(TOPICS, "app", "nowhere:1", "state", 1, Duration.ofSeconds(1)))
                .containsEntry("topic.max.message.bytes", most)
                .containsEntry("producer.max.request.size", Topic.MOST_STATE_BYTES);
    }

    @Test
    void whatUsersWriteLeavesRoomForWhatFollowsFromIt() {
        assertThat(TOPICS.predictions().mostBytes()).isEqualTo(Topic.MOST_EVENT_BYTES);
        assertThat(TOPICS.labels().mostBytes()).isEqualTo(Topic.MOST_EVENT_BYTES);
        assertThat(TOPICS.labelled().mostBytes()).isEqualTo(Topic.MOST_STATE_BYTES);
    }
}
