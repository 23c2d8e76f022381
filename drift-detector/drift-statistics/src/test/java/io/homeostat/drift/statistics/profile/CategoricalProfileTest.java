package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.twosample.ChiSquareHomogeneity;
import io.homeostat.drift.statistics.twosample.TwoSampleResult;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class CategoricalProfileTest {
    private static final Schema SCHEMA = new Schema(Map.of("c", FeatureType.CATEGORICAL));

    private static Reference reference(IntFunction<String> category) {
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, Task.BINARY);
        for (int i = 0; i < 10_000; i++) {
            builder.add(Map.of("c", category.apply(i)), null, null, null);
        }
        return builder.build("1", Instant.EPOCH, Instant.EPOCH);
    }

    private static CategoricalProfile of(Profile profile) {
        return (CategoricalProfile) Objects.requireNonNull(profile.features().get("c"));
    }

    private static CategoricalProfile window(Reference reference, int rows, IntFunction<String> category) {
        Profile window = reference.emptyProfile(Instant.EPOCH);
        for (int i = 0; i < rows; i++) {
            window.add(Map.of("c", category.apply(i)), null, null);
        }
        return of(window);
    }

    @Test
    void aMillionNewCategoriesNeitherPushOutKnownOnesNorGrow() {
        // given
        Reference reference = reference(i -> "known-" + i % 5);
        // when
        CategoricalProfile window = window(reference, 1_500_000, i -> i % 3 == 0 ? "known-" + i % 5 : "new-" + i);
        // then
        assertThat(window.counts()).containsEntry("known-0", 100_000L).containsEntry("known-4", 100_000L);
        assertThat(window.counts()).hasSizeLessThanOrEqualTo(5 + 32);
        assertThat(window.distinct()).isCloseTo(1_000_005, within(50_000.0));
        assertThat(window.toBytes()).hasSizeLessThan(4_000);
        assertThat(window.values())
                .isEqualTo(window.other()
                        + window.counts().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    @Test
    void aNewCategoryOfThreePercentIsNamedInAFlood() {
        Reference reference = reference(i -> "known-" + i % 5);
        CategoricalProfile window = window(reference, 50_000, i -> i % 25 == 0 ? "frequent" : "rare-" + i);
        assertThat(window.counts().get("frequent"))
                .isBetween(2_000 - window.others().error(), 2_000L);
    }

    @Test
    void whatAFlatReferenceDidNotCountIsNotNew() {
        // given a reference of 10,000 categories that counts 256 of them
        Reference reference = reference(i -> "id-" + i);
        CategoricalProfile known = of(reference.profile());
        assertThat(known.counts()).hasSize(256);
        assertThat(known.other()).isEqualTo(10_000 - 256);
        assertThat(known.emptyCopy(1).known()).as("shared, not copied").isSameAs(known.known());
        // when
        CategoricalProfile window = window(reference, 5_000, i -> "id-" + (20_000 + i));
        TwoSampleResult result = new ChiSquareHomogeneity().test("c", known, window);
        // then
        assertThat(window.other()).isEqualTo(5_000);
        assertThat(window.others().distinct()).isCloseTo(5_000, within(250.0));
        assertThat(result.verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void theMostFrequentCategoriesOfAReferenceAreCountedExactly() {
        Reference reference = reference(i -> i % 2 == 0 ? "half" : i % 5 == 1 ? "fifth" : "id-" + i);
        assertThat(of(reference.profile()).counts())
                .containsEntry("half", 5_000L)
                .containsEntry("fifth", 1_000L);
    }

    @Test
    void partitionsMergeToEqualBytesInAnyOrderAndOtherReferencesAreRefused() {
        // given
        Reference reference = reference(i -> "known-" + i % 5);
        IntFunction<String> category = i -> "known-" + i % 7;
        CategoricalProfile left = window(reference, 100, category);
        CategoricalProfile right = window(reference, 37, category);
        // when
        left.merge(window(reference, 37, category));
        right.merge(window(reference, 100, category));
        // then
        assertThat(left.toBytes()).isEqualTo(right.toBytes());
        assertThat(CategoricalProfile.fromBytes(left.toBytes()).toBytes()).isEqualTo(left.toBytes());
        assertThat(left.emptyCopy(1).counts()).hasSize(7);
        CategoricalProfile other = window(reference(i -> "x"), 1, i -> "x");
        assertThatThrownBy(() -> left.merge(other)).hasMessageContaining("of another reference");
    }
}
