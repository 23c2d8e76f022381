package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.ArtifactRef;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The scorers in memory, one per digest: what two routes share is loaded once and stays while either uses it. */
public final class WarmScorers {
    private final Scorer.Source source;
    private final ConcurrentMap<String, Held> byDigest = new ConcurrentHashMap<>();

    public WarmScorers(Scorer.Source source) {
        this.source = source;
    }

    /** The scorer of an artifact, held for the caller; loaded when it is not in memory. */
    Held hold(ArtifactRef artifact) throws Exception {
        Held warm = byDigest.get(artifact.sha256());
        if (warm != null && warm.holds.take()) {
            return warm;
        }
        Held loaded = new Held(artifact.sha256(), source.load(artifact));
        byDigest.put(artifact.sha256(), loaded);
        return loaded;
    }

    /** Whether an artifact is in memory now. */
    public boolean warm(ArtifactRef artifact) {
        return byDigest.containsKey(artifact.sha256());
    }

    /** How many are in memory. */
    public int size() {
        return byDigest.size();
    }

    /** A scorer that stays open until it is let go. */
    final class Held {
        private final String digest;
        private final Scorer scorer;
        private final Holds holds = new Holds(this::end);

        private Held(String digest, Scorer scorer) {
            this.digest = digest;
            this.scorer = scorer;
        }

        Scorer scorer() {
            return scorer;
        }

        void letGo() {
            holds.letGo();
        }

        private void end() {
            byDigest.remove(digest, this);
            scorer.close();
        }
    }
}
