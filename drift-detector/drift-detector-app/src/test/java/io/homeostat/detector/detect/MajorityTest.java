package io.homeostat.detector.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MajorityTest {
    private final Majority majority = new Majority();

    private Optional<String> count(long window, String version, long rows, String champion) {
        return majority.count(
                window, version, rows, Optional.ofNullable(champion).filter(c -> !c.isEmpty()));
    }

    @Test
    void whoeverAnswersFirstIsFollowedUntilAnotherOneHasTwiceItsRows() {
        assertThat(count(0, "v1", 50, "")).contains("v1");
        assertThat(count(0, "v2", 149, "v1")).isEmpty();
        // 199 rows are too few
        assertThat(count(1, "v1", 10, "v1")).isEmpty();
        assertThat(count(1, "v2", 100, "v1")).isEmpty();
        // 60 to 249 of 309
        assertThat(count(2, "v2", 1, "v1")).contains("v2");
        assertThat(count(2, "v1", 400, "v2")).isEmpty();
        assertThat(count(3, "v1", 1, "v2")).contains("v1");
    }

    @Test
    void theOrderOfAWindowsSharesDoesNotMatter() {
        count(0, "v2", 500, "");
        assertThat(count(1, "v1", 250, "v2")).isEmpty();
        assertThat(count(1, "v2", 300, "v2")).isEmpty();
        assertThat(count(1, "v1", 249, "v2")).isEmpty();
        assertThat(count(2, "v1", 250, "v2")).isEmpty();
    }

    @Test
    void aPartitionThatIsBehindTellsWhoAnsweredThen() {
        count(5, "v2", 500, "");
        assertThat(count(4, "v1", 5_000, "v2")).isEmpty();
        assertThat(count(6, "v2", 1, "v2")).isEmpty();
    }

    @Test
    void versionsWithoutEndAreNotKept() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(count(0, "v" + i, 3, i == 0 ? "" : "v0").isPresent()).isEqualTo(i == 0);
        }
        assertThat(count(1, "v1", 1, "v0")).isEmpty();
    }
}
