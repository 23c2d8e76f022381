package io.homeostat.retune.trigger;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a wish. One re-tune runs at a time per model: a second alarm is about the same trouble and is merged, and so is
 * a refit that falls due; what a person wishes meanwhile is refused, so that they know. An alarm or refit of a version that
 * no longer serves is stale.
 */
public final class Rules {
    private Rules() {}

    public static Admission decide(RetuneEvent wish, Standing standing) {
        if (standing.seen()) {
            return new Admission.Ignored("a wish with the id " + wish.id() + " came before; it is the same wish");
        }
        String stale = stale(wish, standing.champion());
        if (stale != null) {
            return new Admission.Refused(stale);
        }
        if (standing.running() != null) {
            return meanwhile(wish, standing.running());
        }
        return new Admission.Accepted(wish.summary());
    }

    private static @Nullable String stale(RetuneEvent wish, @Nullable String champion) {
        if (champion == null) {
            return null;
        }
        if (wish.trigger() == Trigger.FIRST_CHAMPION) {
            return "there is a champion already, " + champion + "; a first training is not needed";
        }
        String about = wish.modelVersion();
        boolean automatic = isAutomatic(wish.trigger());
        return automatic && about != null && !about.equals(champion)
                ? "the champion changed meanwhile: the wish is about " + about + ", and " + champion + " serves now"
                : null;
    }

    private static Admission meanwhile(RetuneEvent wish, String running) {
        return isAutomatic(wish.trigger())
                ? new Admission.Merged("the re-tune " + running + " is under way and answers this one, too")
                : new Admission.Refused("the re-tune " + running
                        + " is under way, and one runs at a time; ask again with a new id when it has ended");
    }

    private static boolean isAutomatic(Trigger trigger) {
        return trigger == Trigger.ALARM || trigger == Trigger.ALERTMANAGER || trigger == Trigger.SCHEDULE;
    }
}
