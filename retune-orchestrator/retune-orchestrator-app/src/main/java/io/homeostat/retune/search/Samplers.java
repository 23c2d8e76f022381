package io.homeostat.retune.search;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.meta.transfer.Past;
import io.homeostat.retune.warmstart.Recall;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samplers of the searches under way. To learn from earlier studies takes a moment, so the last {@value #MOST} are kept;
 * one that was forgotten learns again from the same records. A record that was dropped meanwhile is done without.
 */
public final class Samplers {
    private static final int MOST = 32;
    private static final Sampler RANDOM = new SamplerSpec("random", Map.of()).sampler();

    private final Map<String, Sampler> kept = new LinkedHashMap<>(MOST, .75f, true);

    /**
     * A search's sampler, which learns when it is first asked.
     *
     * @param tasks the earlier ones that the search learns from
     */
    public Sampler of(String retuneId, ModelSpec spec, Snapshot snapshot, List<String> tasks, RecordIndex records) {
        return unfailing(
                request -> kept(retuneId, spec, snapshot, tasks, records).suggest(request));
    }

    /**
     * A sampler, and a random point where it fails: a fault that only this search's numbers bring out would meet the same numbers
     * again after each restart, and hold up all models. The trial's reason says so.
     */
    static Sampler unfailing(Sampler sampler) {
        return request -> {
            try {
                return sampler.suggest(request);
            } catch (RuntimeException fault) {
                Configuration point = RANDOM.suggest(request).configuration();
                return new Suggestion(point, "random: the sampler failed, please report it: " + fault);
            }
        };
    }

    private Sampler kept(String retuneId, ModelSpec spec, Snapshot snapshot, List<String> tasks, RecordIndex records) {
        Sampler known = kept.get(retuneId);
        if (known == null) {
            Past past = Recall.of(spec, Studies.space(spec), snapshot.metaFeatures(), records, tasks);
            known = spec.retune().parsedTransfer().transfer().sampler(past);
            kept.put(retuneId, known);
            if (kept.size() > MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return known;
    }
}
