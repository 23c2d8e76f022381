package io.homeostat.retune.warmstart;

import java.util.Map;

/** What a trainer does when it is told nothing, in its own names. */
final class TrainerDefaults {
    /** LightGBM's documented defaults of the parameters that are usually searched; all rows are learned from. */
    static final Map<String, Object> LIGHTGBM = Map.ofEntries(
            Map.entry("learning_rate", 0.1),
            Map.entry("num_leaves", 31),
            Map.entry("max_depth", -1),
            Map.entry("min_data_in_leaf", 20),
            Map.entry("min_sum_hessian_in_leaf", 1e-3),
            Map.entry("feature_fraction", 1.0),
            Map.entry("bagging_fraction", 1.0),
            Map.entry("bagging_freq", 0),
            Map.entry("lambda_l1", 0.0),
            Map.entry("lambda_l2", 0.0),
            Map.entry("min_gain_to_split", 0.0),
            Map.entry("max_bin", 255),
            Map.entry("num_iterations", 100),
            Map.entry("training_share", 1.0));

    private TrainerDefaults() {}
}
