package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.query.Position;
import org.junit.jupiter.api.Test;

class SpareReferencesTest {
    private static final Position FIRST = Position.emptyPosition().withComponent("references", 0, 1);
    private static final Position LATER = Position.emptyPosition().withComponent("references", 0, 2);

    private final SpareReferences spare = new SpareReferences();
    private final KnownReference reference = reference();

    @Test
    void whatIsTakenIsItsTakersAlone() {
        // when
        spare.leave("m/v1", reference, FIRST);
        // then
        assertThat(spare.take("m/v2", FIRST)).isEmpty();
        assertThat(spare.take("m/v1", FIRST)).containsSame(reference);
        assertThat(spare.take("m/v1", FIRST)).isEmpty();
    }

    @Test
    void whatWasLeftBeforeTheCopyMovedOnIsOld() {
        // given
        spare.leave("m/v1", reference, FIRST);
        // then
        assertThat(spare.take("m/v1", LATER)).isEmpty();
        assertThat(spare.take("m/v1", FIRST)).isEmpty();
    }

    private static KnownReference reference() {
        Reference reference = new ReferenceBuilder(new Schema(Map.of("x", FeatureType.NUMERIC)), Task.BINARY)
                .add(Map.of("x", 1.0), 0.5, "1", null)
                .build("v1", Instant.EPOCH, Instant.EPOCH);
        return new KnownReference(reference, reference.toBytes());
    }
}
