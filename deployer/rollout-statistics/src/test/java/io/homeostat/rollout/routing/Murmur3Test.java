package io.homeostat.rollout.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur3Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0, 00000000",
        "'', 1, 514e28b7",
        "hello, 0, 248bfa47",
        "'hello, world', 0, 149bbb7f",
        "'The quick brown fox jumps over the lazy dog', 0, 2e4ff723",
        "test, 0, ba6bd213",
        "a, 2538058380, 7fa09ea6",
    })
    void givesThePublishedValues(String text, long seed, String expectedHex) {
        // when
        int hash = Murmur3.hash32(text, (int) seed);

        // then
        assertThat(String.format("%08x", hash)).isEqualTo(expectedHex);
    }
}
