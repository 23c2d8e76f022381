package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * For noisy values: the last trials of the budget try the best few configurations again, before one of them is named the
 * winner ({@link io.homeostat.study.trial.Repeated}); until then another sampler suggests.
 *
 * <p>Idea: where values are noisy the best of many is mostly lucky. {@code contenders} configurations with the best
 * expectation are tried until each has had {@code repeats} trials, the one with the fewest first; they may change as trials
 * end. It begins when contenders·(repeats − 1) trials are left, by
 * their number or by the time that those so far have taken, or when every point of a finite space was tried. Trials of
 * one configuration may run at the same time. A study of a finite space is over when each contender has had its trials.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code sampler}: who suggests before, a name or a name with options; default {@code auto}
 *   <li>{@code contenders}: configurations that are tried again; 2 to 100, default 3
 *   <li>{@code repeats}: trials of each in all; 2 to 100, default 3
 * </ul>
 *
 * <p>Example: of 60 trials, by default, 54 search and 6 try the best three twice more. With several objectives
 * nothing is tried again.
 */
public final class RepeatingSampler implements Sampler {
    private final Sampler inner;
    private final Contenders contenders;

    /** The options named above. */
    RepeatingSampler(Options options) {
        Object written = options.raw("sampler");
        inner = SamplerSpec.parse(written == null ? "auto" : written).sampler();
        contenders = new Contenders(options.integer("contenders", 3, 2, 100), options.integer("repeats", 3, 2, 100));
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        if (request.goals().size() > 1 || !due(request)) {
            return inner.suggest(request);
        }
        return contenders.suggest(request.finished(), request.running()).orElseGet(() -> inner.suggest(request));
    }

    /** Whether one of the best is still to be tried again. */
    boolean triesAgain(History finished, Collection<RunningTrial> running) {
        return finished.goals().size() == 1
                && contenders.suggest(finished, running).isPresent();
    }

    private boolean due(SamplerRequest request) {
        OptionalLong points = request.space().size();
        return request.left().foreseen().orElse(Integer.MAX_VALUE) <= contenders.trials()
                || points.isPresent() && request.finished().distinct() >= points.getAsLong();
    }
}
