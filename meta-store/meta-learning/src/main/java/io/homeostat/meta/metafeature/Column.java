package io.homeostat.meta.metafeature;

/**
 * What is known of a column. It is what most of its values are, numeric or categorical (numeric on a tie); the others
 * count as missing, so a single broken value does not turn a numeric column into a categorical one.
 */
final class Column {
    private final Moments moments = new Moments();
    private final DistinctCounter categories = new DistinctCounter();
    private long texts;

    void add(Object cell) {
        if (cell instanceof Double x) {
            moments.add(x);
        } else {
            categories.add((Long) cell);
            texts++;
        }
    }

    void merge(Column other) {
        moments.merge(other.moments);
        categories.merge(other.categories);
        texts += other.texts;
    }

    boolean isNumeric() {
        return moments.count() > 0 && moments.count() >= texts;
    }

    boolean isCategorical() {
        return texts > moments.count();
    }

    long present() {
        return Math.max(texts, moments.count());
    }

    Moments moments() {
        return moments;
    }

    double cardinality() {
        return categories.count();
    }
}
