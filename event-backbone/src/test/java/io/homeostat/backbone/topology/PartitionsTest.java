package io.homeostat.backbone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private final Partitions partitions = new Partitions();

    private String of(String origin) {
        return partitions.of(origin.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesThePartitionOfAnOrigin() {
        assertThat(of("loans.predictions:3:17")).isEqualTo("loans.predictions:3");
        assertThat(of("loans.predictions:33:1")).isEqualTo("loans.predictions:33");
        assertThat(of("größe:0:5")).isEqualTo("größe:0");
        assertThat(of("")).isEmpty();
        assertThat(of("nonsense")).isEmpty();
    }

    @Test
    void namesTheWayFromThere() {
        byte[] origin = "loans:3:17".getBytes(StandardCharsets.UTF_8);
        assertThat(partitions.of(origin, 4)).isEqualTo("loans:3>4");
        assertThat(partitions.of(origin, 5)).isEqualTo("loans:3>5");
        assertThat(partitions.of(origin)).isEqualTo("loans:3");
    }

    @Test
    void makesEachNameOnce() {
        String first = of("a:0:1");
        of("a:1:1");
        // then
        assertThat(of("a:0:2")).isSameAs(first);
        assertThat(of("a:0:3")).isSameAs(first);
    }

    @Test
    void keepsNoEndOfNames() {
        String first = of("a:0:1");
        for (int i = 1; i <= 20_000; i++) {
            of("a:" + i + ":1");
        }
        // then
        assertThat(of("a:0:1")).isEqualTo(first).isNotSameAs(first);
    }
}
