package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;
import java.util.function.Supplier;

/**
 * Learns from the past as far as the new trials confirm it; the default.
 *
 * <p>Idea: a mixture of Gaussian processes learned from earlier tasks, {@link CommonGround}, says where the new task is likely to be good, and
 * its posterior, {@link WarmModel}, is searched by expected improvement. Beside it stands a cold sampler that knows the trials
 * only. After each trial the probability of all values so far under the learned mixture is compared with that under one that
 * knows nothing: with prior odds of {@value WarmModel#ODDS} to 1, and the evidence tempered, this gives the trust in the past.
 * The cold sampler has the share 1 − trust of the trials; however right the past is the sixth trial, every fourth up to the
 * twentieth, and every second from then on: where the past misleads, all it recommends is equally bad, and only a trial
 * elsewhere can tell. All trials are seen by both.
 *
 * <p>The model's own best of its newest task comes first, for that is what serves now, unless production spoke against it: then
 * that of the task before. Where the model has no task of its own a
 * {@link Portfolio} of five does. Several objectives, more than {@value WarmSampler#MOST_TRIALS} trials, and an empty past are
 * left to the cold sampler.
 *
 * <p>Parameters: {@code sampler}, the cold one; default {@code auto}.
 *
 * <p>References: M. Wistuba et al., Scalable Gaussian Process-Based Transfer Surrogates, Machine Learning 2018; S. Hellan et al., Obeying
 * the Order: Introducing Ordered Transfer Hyperparameter Optimisation, AutoML 2023; M. Feurer et al., Auto-Sklearn 2.0, JMLR
 * 2022.
 */
record AutoTransfer(Supplier<Sampler> cold) implements Transfer {

    @Override
    public Sampler sampler(Past past) {
        boolean nothing =
                past.tasks().isEmpty() || past.target().space().names().isEmpty();
        return nothing ? cold.get() : new WarmSampler(past, cold.get(), Candidates.MANY);
    }
}
