package io.homeostat.detector.join;

import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionReader;
import io.homeostat.backbone.topology.Received;
import org.jspecify.annotations.Nullable;

/** A prediction that waits for its label in the bytes it came in; most are forgotten without having been read again. */
final class KeptPrediction {
    private final byte[] json;
    private @Nullable PredictionEvent event;

    KeptPrediction(byte[] json) {
        this.json = json;
    }

    KeptPrediction(Received<PredictionEvent> received) {
        this.json = received.json();
        this.event = received.event();
    }

    byte[] json() {
        return json;
    }

    PredictionEvent event(PredictionReader reader) {
        PredictionEvent read = event;
        if (read == null) {
            read = reader.read(json);
            event = read;
        }
        return read;
    }
}
