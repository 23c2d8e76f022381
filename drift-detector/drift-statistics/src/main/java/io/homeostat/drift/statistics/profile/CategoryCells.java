package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.season.CellKinds;
import io.homeostat.drift.statistics.season.Mixture;
import io.homeostat.drift.statistics.season.Wander;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a category: the reference's 30 most frequent ones, all others together, and missing. The others keep their
 * proportions among each other in every slot.
 */
record CategoryCells(Categories names) implements SeasonCells {
    private static final int MOST = 30;

    static CategoryCells of(CategoricalProfile reference) {
        List<String> frequent = reference.counts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
        return new CategoryCells(Categories.of(frequent, false));
    }

    int cellOf(@Nullable String value) {
        if (value == null) {
            return names.names().size() + 1;
        }
        int place = names.placeOf(value);
        return place >= 0 ? place : names.names().size();
    }

    @Override
    public CellKinds kinds() {
        return new CellKinds(false, IntStream.range(0, names.names().size() + 2).toArray());
    }

    @Override
    public CategoricalProfile expected(FeatureProfile reference, Mixture mixture, Wander wander) {
        CategoricalProfile whole = (CategoricalProfile) reference;
        Categories known = whole.known();
        double[] shares = mixture.shares();
        double rest = shares[names.names().size()] * mixture.rows();
        long restOfWhole = whole.values();
        for (String name : names.names()) {
            restOfWhole -= whole.counts().getOrDefault(name, 0L);
        }
        long[] counts = new long[known.names().size()];
        for (int i = 0; i < counts.length; i++) {
            String name = known.names().get(i);
            int cell = names.placeOf(name);
            double ofRest = restOfWhole == 0 ? 0 : (double) whole.counts().getOrDefault(name, 0L) / restOfWhole;
            counts[i] = Math.round(cell >= 0 ? shares[cell] * mixture.rows() : rest * ofRest);
        }
        long unnamed = restOfWhole == 0 ? 0 : Math.round(rest * whole.other() / restOfWhole);
        long nulls = Math.round(shares[shares.length - 1] * mixture.rows());
        long rows = Arrays.stream(counts).sum() + unnamed + nulls;
        return CategoricalProfile.expected(known, counts, rows, nulls, wander);
    }

    @Override
    public void write(StateWriter out) {
        out.flag(false).count(names.names().size());
        names.names().forEach(out::text);
    }

    static CategoryCells read(StateReader in) {
        List<String> names = new ArrayList<>();
        int size = in.sizeIn(0, MOST);
        for (int i = 0; i < size; i++) {
            names.add(in.text());
        }
        return new CategoryCells(Categories.of(names, false));
    }
}
