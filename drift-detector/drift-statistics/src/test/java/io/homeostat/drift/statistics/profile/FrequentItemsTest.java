package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrequentItemsTest {
    private static FrequentItems of(int limit, String... texts) {
        FrequentItems items = new FrequentItems(limit);
        for (String text : texts) {
            items.add(text);
        }
        return items;
    }

    private static FrequentItems skewed(int seed, int rows, Map<String, Long> truth) {
        Random random = new Random(seed);
        FrequentItems items = new FrequentItems(32);
        for (int i = 0; i < rows; i++) {
            String text = "c" + (int) (3 / (random.nextDouble() + 1e-4));
            items.add(text);
            truth.merge(text, 1L, Long::sum);
        }
        return items;
    }

    private static void staysWithinItsBound(FrequentItems items, Map<String, Long> truth) {
        Map<String, Long> counts = items.counts();
        assertThat(counts).hasSizeLessThanOrEqualTo(items.limit());
        truth.forEach((text, rows) -> assertThat(counts.getOrDefault(text, 0L)).isBetween(rows - items.error(), rows));
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum() + items.lost())
                .isEqualTo(truth.values().stream().mapToLong(Long::longValue).sum());
        assertThat(items.distinct()).isCloseTo(truth.size(), within(truth.size() * 0.1));
    }

    @Test
    void aTextWithoutACounterCostsAllOneRow() {
        FrequentItems items = of(2, "a", "b", "c", "a");
        assertThat(items.counts()).containsOnlyKeys("a").containsEntry("a", 1L);
        assertThat(items.lost()).isEqualTo(3);
        assertThat(items.error()).isEqualTo(1);
    }

    @Test
    void countsAreNeverTooHighAndTooLowByAtMostTheErrorAlsoWhenMerged() {
        for (int seed = 0; seed < 20; seed++) {
            // given
            Map<String, Long> truth = new HashMap<>();
            FrequentItems a = skewed(seed, 5_000, truth);
            staysWithinItsBound(a, truth);
            FrequentItems b = skewed(100 + seed, 3_000, truth);
            FrequentItems c = skewed(200 + seed, 2_000, truth);
            // when
            FrequentItems rightFirst = FrequentItems.fromBytes(c.toBytes());
            rightFirst.merge(b);
            rightFirst.merge(a);
            a.merge(b);
            a.merge(c);
            // then
            staysWithinItsBound(a, truth);
            staysWithinItsBound(rightFirst, truth);
        }
    }

    @Test
    void fewTextsMergeToEqualBytesInAnyOrder() {
        FrequentItems left = of(8, "a", "b", "a");
        FrequentItems right = of(8, "c", "b");
        left.merge(of(8, "c", "b"));
        right.merge(of(8, "a", "b", "a"));
        assertThat(left.toBytes()).isEqualTo(right.toBytes());
        assertThat(left.distinct()).isEqualTo(3);
        right.merge(right);
        assertThat(right.counts()).containsEntry("a", 4L);
    }

    @Test
    void equalHistoriesGiveEqualBytesAcrossARestore() {
        FrequentItems straight = new FrequentItems(16);
        FrequentItems restored = new FrequentItems(16);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String text = "t" + random.nextInt(100);
            straight.add(text);
            restored.add(text);
            if (i % 777 == 0) {
                restored = FrequentItems.fromBytes(restored.toBytes());
            }
        }
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
    }

    @Test
    void distinctTextsAreCountedWithinFivePercentAndMergeInAnyOrder() {
        for (int many : new int[] {10, 1_000, 5_000, 100_000, 1_000_000}) {
            // given
            DistinctCount left = new DistinctCount();
            DistinctCount right = new DistinctCount();
            for (int i = 0; i < many; i++) {
                (i % 3 == 0 ? left : right).add("user-" + i);
            }
            DistinctCount merged = left.copy();
            // when
            merged.merge(right);
            right.merge(left);
            // then
            assertThat(merged.estimate()).as("of " + many).isCloseTo(many, within(many * 0.05));
            assertThat(merged.toBytes()).isEqualTo(right.toBytes());
        }
    }

    @Test
    void refusesOtherLimitsAndDamagedBytes() {
        assertThatThrownBy(() -> of(2, "a").merge(of(3, "a"))).hasMessageContaining("limit: 3 cannot be merged into 2");
        assertThatThrownBy(() -> new FrequentItems(0)).hasMessageContaining("limit: 0 is not in 1..");
        byte[] bytes = new DistinctCount().toBytes();
        bytes[bytes.length - 1] = 99;
        assertThatThrownBy(() -> DistinctCount.fromBytes(bytes)).hasMessageContaining("register 99 is not in 0..");
    }
}
