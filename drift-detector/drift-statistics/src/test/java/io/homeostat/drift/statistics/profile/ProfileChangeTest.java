package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept as a whole and then as its changes is the same profile. */
class ProfileChangeTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC, "c", FeatureType.CATEGORICAL));

    private static Profile empty() {
        return Profile.withoutBins(SCHEMA, Instant.EPOCH, Instant.EPOCH);
    }

    private static void add(Profile profile, Random random, int rows) {
        for (int i = 0; i < rows; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", random.nextInt(9) == 0 ? null : (Object) random.nextGaussian());
            row.put("c", random.nextInt(9) == 0 ? null : "c" + random.nextInt(300));
            profile.add(row, random.nextInt(9) == 0 ? null : random.nextDouble(), "1");
        }
    }

    @Test
    void aProfileFollowsItsChanges() {
        for (int seed = 0; seed < 50; seed++) {
            // given
            Random random = new Random(seed);
            Profile profile = empty();
            byte[] kept = profile.toBytes();
            profile.markWritten();
            Profile copy = Profile.fromBytes(kept);
            int wholes = 0;
            // when: it is kept as a change where that is known, else as a whole
            for (int commit = 0; commit < 30; commit++) {
                add(profile, random, random.nextInt(seed % 2 == 0 ? 12 : 90));
                var change = profile.change();
                if (change.isPresent()) {
                    copy.apply(change.get());
                } else {
                    wholes++;
                    copy = Profile.fromBytes(profile.toBytes());
                }
                profile.markWritten();
            }
            // then
            assertThat(copy.toBytes()).isEqualTo(profile.toBytes());
            assertThat(copy.rows()).isEqualTo(profile.rows());
            assertThat(wholes).isBetween(seed % 2 == 0 ? 0 : 5, seed % 2 == 0 ? 10 : 29);
        }
    }

    /** A reference of numbers, of categories that it counts, and of more categories than it counts. */
    private static Reference reference(int categories) {
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            builder.add(Map.of("x", random.nextGaussian(), "c", "c" + i % categories), random.nextDouble(), "1", null);
        }
        return builder.build("v1", Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void aWindowWhoseFeaturesAreMadeLateIsTheSame() {
        for (int seed = 0; seed < 60; seed++) {
            // given
            Reference reference = reference(seed % 3 == 0 ? 1 : seed % 3 == 1 ? 40 : 700);
            Instant from = Instant.EPOCH.plusSeconds(seed);
            Profile eager = reference.emptyProfile(from, from.plusSeconds(1));
            ProfileShape shape = ProfileShape.fromBytes(reference.shape().toBytes());
            Profile late = (seed % 2 == 0 ? shape : reference.shape()).profile(from, from.plusSeconds(1));
            // when: few rows, many rows; kept in between as rows, as long as that is possible
            for (int commit = 0; commit < 4; commit++) {
                int rows = new Random(seed).nextInt(50);
                add(eager, new Random(seed + commit), rows);
                add(late, new Random(seed + commit), rows);
                assertThat(late.isRowsOnly()).isEqualTo(late.rows() <= WaitingRows.MOST);
                Profile copy = shape.profile(from, from.plusSeconds(1));
                late.rowsOnly().ifPresent(copy::apply);
                late = late.isRowsOnly() ? copy : Profile.fromBytes(late.toBytes());
            }
            // then
            assertThat(late.rows()).isEqualTo(eager.rows());
            assertThat(late.toBytes()).isEqualTo(eager.toBytes());
            assertThat(late.isRowsOnly()).as("someone has looked").isFalse();
            assertThat(shape)
                    .isEqualTo(reference.shape())
                    .isNotEqualTo(reference(2).shape());
        }
    }

    @Test
    void rowsThatComeBesideThoseThatWaitAreCountedInTheSameBlocks() {
        // given: a copy that is told changes has as many rows waiting as the profile itself
        ProfileShape shape = reference(3).shape();
        Profile profile = shape.profile(Instant.EPOCH, Instant.EPOCH);
        Profile copy = shape.profile(Instant.EPOCH, Instant.EPOCH);
        profile.markWritten();
        for (int commit = 0; commit < 8; commit++) {
            // when
            add(profile, new Random(commit), 16);
            boolean told = profile.change()
                    .map(change -> {
                        copy.apply(change);
                        return true;
                    })
                    .orElse(false);
            profile.markWritten();
            // then
            assertThat(told).isEqualTo(true);
            assertThat(copy.isRowsOnly()).isEqualTo(profile.isRowsOnly());
            assertThat(copy.rows()).isEqualTo(profile.rows());
        }
        assertThat(profile.isRowsOnly()).isFalse();
        assertThat(copy.toBytes()).isEqualTo(profile.toBytes());
    }

    @Test
    void aChangeIsAsLargeAsItsRows() {
        // given
        Profile profile = empty();
        assertThat(profile.change()).as("never kept").isEmpty();
        add(profile, new Random(1), 5_000);
        profile.markWritten();
        assertThat(profile.hasChanged()).isFalse();
        // when
        add(profile, new Random(2), 1);
        // then
        assertThat(profile.hasChanged()).isTrue();
        assertThat(profile.change())
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSizeLessThan(40));
    }

    @Test
    void whatWasMergedIsNoChange() {
        // given
        Profile profile = empty();
        profile.markWritten();
        Profile other = empty();
        add(other, new Random(1), 3);
        // when
        profile.merge(other);
        // then
        assertThat(profile.change()).isEmpty();
    }

    @Test
    void whatCannotBeMergedLeavesBothAsTheyWere() {
        // given: the number's bins are the same, the categories are not
        Profile profile = reference(3).emptyProfile(Instant.EPOCH);
        Profile other = reference(4).emptyProfile(Instant.EPOCH);
        add(profile, new Random(1), 100);
        add(other, new Random(2), 100);
        byte[] before = profile.toBytes();
        byte[] others = other.toBytes();
        // when
        assertThatThrownBy(() -> profile.merge(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'c'");
        // then
        assertThat(profile.toBytes()).isEqualTo(before);
        assertThat(other.toBytes()).isEqualTo(others);
    }

    @Test
    void aChangeOfTheLayoutBeforeIsRead() {
        // given: three rows, told feature by feature; of the number one is missing, of the score all
        StateWriter before = new StateWriter(6, 1).count(3);
        Profile expected = empty();
        for (int i = 0; i < 3; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", i == 1 ? null : i + .5);
            row.put("c", "c" + i);
            expected.add(row, null, "1");
        }
        expected.features().keySet().forEach(name -> {
            switch (name) {
                case "x" -> before.count(1).count(2).real(.5).real(2.5);
                case "c" -> before.count(0).count(3).text("c0").text("c1").text("c2");
                case Profile.SCORE -> before.count(3).count(0);
                default -> before.count(0).count(3).text("1").text("1").text("1");
            }
        });
        Profile profile = empty();
        // when
        profile.apply(before.toBytes());
        // then
        assertThat(profile.toBytes()).isEqualTo(expected.toBytes());
    }

    @Test
    void damagedBytesAreAnError() {
        // given
        Profile profile = empty();
        profile.markWritten();
        add(profile, new Random(1), 3);
        byte[] change = profile.change().orElseThrow();
        // then
        assertThatThrownBy(() -> empty().apply(Arrays.copyOf(change, change.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile's change");
    }
}
