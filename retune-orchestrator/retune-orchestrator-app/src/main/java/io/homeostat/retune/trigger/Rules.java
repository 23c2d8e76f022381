package io.homeostat.retune.trigger;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a wish. One re-tune runs at a time per model: a second alarm is about the same trouble and is merged; what
 * anyone else wishes meanwhile is refused, so that they know. An alarm about a version that no longer serves is stale.
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
        boolean alarm = isAlarm(wish.trigger());
        return alarm && about != null && !about.equals(champion)
                ? "the champion changed meanwhile: the alarm is about " + about + ", and " + champion + " serves now"
                : null;
    }

    private static Admission meanwhile(RetuneEvent wish, String running) {
        return isAlarm(wish.trigger())
                ? new Admission.Merged("the re-tune " + running + " is under way and answers this alarm, too")
                : new Admission.Refused("the re-tune " + running
                        + " is under way, and one runs at a time; ask again with a new id when it has ended");
    }

    private static boolean isAlarm(Trigger trigger) {
        return trigger == Trigger.ALARM || trigger == Trigger.ALERTMANAGER;
    }
}
