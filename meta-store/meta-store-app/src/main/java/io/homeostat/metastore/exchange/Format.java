package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import java.io.IOException;
import java.io.Writer;

/** The forms of a file. */
public enum Format {
    /** A record per line, as it is on the topic: nothing is lost. */
    JSONL("application/x-ndjson") {
        @Override
        Imported read(String text, Origin origin) {
            return JsonLines.read(text, origin);
        }

        @Override
        public void write(Iterable<MetaRecord> records, Writer out) throws IOException {
            JsonLines.write(records, out);
        }
    },
    /** A line per trial, for tables and notebooks. */
    CSV("text/csv") {
        @Override
        Imported read(String text, Origin origin) {
            return TrialTable.read(text, origin);
        }

        @Override
        public void write(Iterable<MetaRecord> records, Writer out) throws IOException {
            TrialTable.write(records, out);
        }
    },
    /** Optuna's journal file, a study per record. */
    OPTUNA("application/x-ndjson") {
        @Override
        Imported read(String text, Origin origin) {
            return OptunaFile.read(text, origin);
        }

        @Override
        public void write(Iterable<MetaRecord> records, Writer out) throws IOException {
            OptunaFile.write(records, out);
        }
    };

    /** Records in a file at most. */
    public static final int MOST_RECORDS = 10_000;

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type of a file. */
    public String mediaType() {
        return mediaType;
    }

    abstract Imported read(String text, Origin origin);

    /** Writes records, which may be asked for more than once. */
    public abstract void write(Iterable<MetaRecord> records, Writer out) throws IOException;

    /**
     * Reads a whole file.
     *
     * @param origin what the file may not say
     * @throws InvalidValueException naming the line and the value that cannot be taken; then nothing of the file is
     */
    public Imported imported(String text, Origin origin) {
        Imported imported = read(text, origin);
        if (imported.records().size() > MOST_RECORDS) {
            throw new InvalidValueException(
                    "",
                    imported.records().size() + " records are more than " + MOST_RECORDS
                            + "; split the file, or export it in parts with limit and skip");
        }
        boolean nothing = imported.records().isEmpty() && imported.passedOver().isEmpty();
        if (nothing) {
            throw new InvalidValueException("", "there is no record in the file");
        }
        return imported;
    }
}
