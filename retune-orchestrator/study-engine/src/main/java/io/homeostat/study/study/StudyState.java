package io.homeostat.study.study;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything there is of a study: data only, to be written and read at any moment.
 *
 * @param spec what it is to do
 * @param trials all trials; the trial with number i stands at place i
 * @param enqueued configurations to try first, in order
 * @param startedAt when it was started
 * @param endedAt when it was ended; empty while it goes on
 * @param endReason why it was ended
 */
public record StudyState(
        StudySpec spec,
        List<Trial> trials,
        List<Enqueued> enqueued,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> endReason) {

    public StudyState {
        if (endedAt.isPresent() != endReason.isPresent()) {
            throw new IllegalArgumentException("study: end " + endedAt + " and reason " + endReason + " go together.");
        }
        trials = List.copyOf(trials);
        enqueued = List.copyOf(enqueued);
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).number() != i) {
                throw new IllegalArgumentException(
                        "study.trials[" + i + "]: has number " + trials.get(i).number() + ".");
            }
        }
    }

    /** Whether it was ended. */
    public boolean ended() {
        return endedAt.isPresent();
    }

    /** The trial with this number. */
    public Optional<Trial> trial(int number) {
        return number >= 0 && number < trials.size() ? Optional.of(trials.get(number)) : Optional.empty();
    }

    /** Trials that have yet to end. */
    public List<Trial> open() {
        return trials.stream().filter(trial -> trial.state().open()).toList();
    }

    /** This state with a trial added, or in place of the one with its number. */
    StudyState with(Trial trial) {
        List<Trial> changed = new ArrayList<>(trials);
        if (trial.number() < changed.size()) {
            changed.set(trial.number(), trial);
        } else {
            changed.add(trial);
        }
        return new StudyState(spec, changed, enqueued, startedAt, endedAt, endReason);
    }

    StudyState withEnqueued(List<Enqueued> changed) {
        return new StudyState(spec, trials, changed, startedAt, endedAt, endReason);
    }

    StudyState endedWith(String reason, Instant now) {
        return new StudyState(spec, trials, List.of(), startedAt, Optional.of(now), Optional.of(reason));
    }
}
