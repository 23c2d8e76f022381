package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.performance.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Schema SCHEMA =
            new Schema(Map.of("salary", FeatureType.NUMERIC, "education", FeatureType.CATEGORICAL));

    private static Reference reference() {
        Random random = new Random(3);
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY, 500, 1);
        for (int i = 0; i < 2_000; i++) {
            builder.add(
                    Map.of("salary", random.nextGaussian(), "education", "e" + i % 3),
                    0.5,
                    "1",
                    i % 10 == 0 ? 1.0 : 0.0);
        }
        return builder.build("1", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void boundsItsRowsAndKeepsItsErrorRate() {
        Reference reference = reference();
        assertThat(reference.profile().rows()).isEqualTo(500);
        assertThat(reference.error().orElseThrow().labels()).isEqualTo(2_000);
        assertThat(reference.error().orElseThrow().rate()).isCloseTo(0.1, within(0.05));
    }

    @Test
    void survivesItsBytes() {
        byte[] bytes = reference().toBytes();
        assertThat(Reference.fromBytes(bytes).toBytes()).isEqualTo(bytes);
    }

    @Test
    void windowsOfPartitionsMergeAndCountWhatIsMissing() {
        // given
        Reference reference = reference();
        Profile left = reference.emptyProfile(Instant.EPOCH, Instant.EPOCH.plusSeconds(10));
        Profile right = reference.emptyProfile(Instant.EPOCH.plusSeconds(10), Instant.EPOCH.plusSeconds(20));
        Map<String, Object> missing = new HashMap<>();
        missing.put("salary", null);
        // when
        left.add(Map.of("salary", 100.0, "education", "new"), 0.1, "0");
        right.add(missing, null, null);
        right.add(Map.of("salary", Double.NaN, "education", "e1"), 0.1, "0");
        left.merge(right);
        // then
        assertThat(left.rows()).isEqualTo(3);
        assertThat(left.to()).isEqualTo(Instant.EPOCH.plusSeconds(20));
        NumericProfile salary = (NumericProfile) left.features().get("salary");
        assertThat(salary.nulls()).isEqualTo(2);
        assertThat(salary.counts()[salary.counts().length - 1]).as("over").isEqualTo(1);
        assertThat(((CategoricalProfile) left.features().get("education")).counts())
                .containsEntry("new", 1L);
        assertThat(Profile.fromBytes(left.toBytes()).toBytes()).isEqualTo(left.toBytes());
    }

    @Test
    void aTextInANumericFeatureIsAnErrorThatChangesNothing() {
        Profile profile = reference().emptyProfile(Instant.EPOCH);
        byte[] before = profile.toBytes();
        assertThatThrownBy(() -> profile.add(Map.of("salary", "much", "education", "e1"), 0.1, "0"))
                .hasMessageContaining("features.salary: 'much' is not a number");
        assertThat(profile.toBytes()).isEqualTo(before);
    }

    @Test
    void meanAndVarianceMergeLikeOneStream() {
        // given
        NumericProfile all = new NumericProfile(BinEdges.none(), 1);
        NumericProfile left = new NumericProfile(BinEdges.none(), 1);
        NumericProfile right = new NumericProfile(BinEdges.none(), 1);
        // when
        for (int i = 0; i < 100; i++) {
            all.add(i * i);
            (i < 30 ? left : right).add(i * i);
        }
        left.merge(right);
        // then
        assertThat(left.mean()).isCloseTo(all.mean(), within(1e-9));
        assertThat(left.variance()).isCloseTo(all.variance(), within(1e-6));
    }

    @Test
    void equalQuantilesAreOneEdge() {
        BinEdges edges = BinEdges.ofQuantiles(new double[] {0, 0, 0, 1}, 10);
        assertThat(edges.bins()).isEqualTo(4);
        assertThat(edges.binOf(-1)).isEqualTo(0);
        assertThat(edges.binOf(0)).isEqualTo(1);
        assertThat(edges.binOf(1)).isEqualTo(2);
        assertThat(edges.binOf(2)).isEqualTo(3);
    }

    @Test
    void categoriesBeyondTheLimitAreTheRemainder() {
        CategoricalProfile profile = new CategoricalProfile(2);
        for (String category : new String[] {"a", "b", "c", "a"}) {
            profile.add(category);
        }
        assertThat(profile.counts()).containsOnlyKeys("a");
        assertThat(profile.other()).isEqualTo(3);
        assertThat(profile.others().error()).isEqualTo(1);
    }
}
