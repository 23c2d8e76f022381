package io.homeostat.metastore.recommend;

/** The records are still being read. */
public final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotReadyException() {
        super("meta-records: are still being read; ask again in a moment");
    }
}
