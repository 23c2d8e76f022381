package io.homeostat.retune.rest;

import io.homeostat.retune.lifecycle.ModelState;
import java.util.Optional;

/** What the process knows of models. Each answer is empty while the stores are not there yet. */
public interface RetuneViews {
    /** Whether a spec of the model is registered. */
    Optional<Boolean> registered(String model);

    /** What is kept of the model; a model that was never re-tuned, or is looked after by another process, is blank. */
    Optional<ModelState> state(String model);
}
