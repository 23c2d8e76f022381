package io.homeostat.drift.statistics.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoChangeTest {
    @Test
    void predictsTheLastLabel() {
        NoChange<String> classifier = new NoChange<>();
        assertThat(classifier.predict()).isEmpty();
        classifier.learn("up");
        classifier.learn("down");
        assertThat(classifier.predict()).contains("down");
    }
}
