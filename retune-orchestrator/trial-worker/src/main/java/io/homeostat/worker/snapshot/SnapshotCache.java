package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.Snapshot;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The two snapshots used last, for all threads: one loads, the others wait for it. */
final class SnapshotCache {
    private static final int MOST = 2;

    private final Map<String, CompletableFuture<Dataset>> byChecksum = new LinkedHashMap<>(8, .75f, true);

    void put(Dataset data) {
        synchronized (this) {
            byChecksum.put(key(data.snapshot()), CompletableFuture.completedFuture(data));
            trim();
        }
    }

    Dataset get(Snapshot snapshot, Supplier<Dataset> load) {
        CompletableFuture<Dataset> mine = new CompletableFuture<>();
        CompletableFuture<Dataset> theirs;
        synchronized (this) {
            theirs = byChecksum.get(key(snapshot));
            if (theirs == null) {
                byChecksum.put(key(snapshot), mine);
                trim();
            }
        }
        if (theirs == null) {
            return load(snapshot, load, mine);
        }
        try {
            return theirs.join();
        } catch (CompletionException theyFailed) {
            // theirs may have been cancelled, which is no reason for this one to fail
            return get(snapshot, load);
        }
    }

    private Dataset load(Snapshot snapshot, Supplier<Dataset> load, CompletableFuture<Dataset> mine) {
        try {
            Dataset data = load.get();
            mine.complete(data);
            return data;
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                byChecksum.remove(key(snapshot), mine);
            }
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void trim() {
        Iterator<String> oldest = byChecksum.keySet().iterator();
        while (byChecksum.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    // the same rows may be split in another way
    private static String key(Snapshot s) {
        return s.topic() + "/" + s.checksum() + "/" + s.training() + "/" + s.validation();
    }
}
