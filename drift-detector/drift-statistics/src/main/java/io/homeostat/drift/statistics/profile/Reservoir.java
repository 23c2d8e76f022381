package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.SplitMix;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;

/** Which places of a uniform sample change as rows arrive (Vitter's algorithm R, seeded). */
final class Reservoir {
    private final int limit;
    private long coin;
    private long seen;

    Reservoir(int limit, long seed) {
        this.limit = limit;
        this.coin = seed;
    }

    /** The place of the next row: the next free one, one to replace, or −1 for none. */
    int next() {
        seen++;
        if (seen <= limit) {
            return (int) seen - 1;
        }
        coin = SplitMix.next(coin);
        long place = Long.remainderUnsigned(SplitMix.bits(coin), seen);
        return place < limit ? (int) place : -1;
    }

    long seen() {
        return seen;
    }

    int kept() {
        return (int) Math.min(seen, limit);
    }

    void write(StateWriter out) {
        out.count(limit).fixed(coin).count(seen);
    }

    static Reservoir read(StateReader in) {
        Reservoir read = new Reservoir(in.sizeIn(1, Integer.MAX_VALUE), in.fixed());
        read.seen = in.count();
        return read;
    }
}
