package io.homeostat.retune.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void aTaskMayGoWithoutAWordFromASecondToAWeek() {
        assertThat(new Settings(Duration.ofSeconds(1), false).taskTimeout()).hasSeconds(1);
        assertThat(new Settings(Duration.ofDays(7), false).taskTimeout()).hasDays(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT-1S", "PT192H", "PT2562047788015215H"})
    void anythingElseIsRefused(String timeout) {
        assertThatThrownBy(() -> new Settings(Duration.parse(timeout), false))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("homeostat.retune.task-timeout: " + timeout + " is outside 1s to 7d");
    }
}
