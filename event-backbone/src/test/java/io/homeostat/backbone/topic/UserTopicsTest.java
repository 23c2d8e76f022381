package io.homeostat.backbone.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import org.junit.jupiter.api.Test;

class UserTopicsTest {
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);

    @Test
    void includesWholeNamesThatMatch() {
        UserTopics topics = UserTopics.of(TOPICS, "loans\\..*|cars");
        assertThat(topics.includes("loans.labels")).isTrue();
        assertThat(topics.includes("cars")).isTrue();
        assertThat(topics.includes("cars.labels")).isFalse();
        assertThat(topics.isEmpty()).isFalse();
    }

    @Test
    void neverIncludesHomeostatsOwnNorInternalTopics() {
        UserTopics all = UserTopics.of(TOPICS, ".*");
        assertThat(TOPICS.all()).noneMatch(topic -> all.includes(topic.name()));
        assertThat(all.includes("__consumer_offsets")).isFalse();
        assertThat(all.includes("app-drift-detector.windows-changelog")).isFalse();
        assertThat(all.includes("drift-detector.model-facts-repartition")).isFalse();
        assertThat(all.includes("homeostatic")).isTrue();
    }

    @Test
    void thereAreNoneByDefault() {
        UserTopics none = UserTopics.of(TOPICS, "");
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.includes("")).isFalse();
        assertThat(none.includes("loans")).isFalse();
    }

    @Test
    void saysWhatIsNoExpression() {
        assertThatThrownBy(() -> UserTopics.of(TOPICS, "loans("))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("homeostat.sources.topics: 'loans(' is not a regular expression");
    }
}
