package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.meta.method.TransferSpec;
import io.homeostat.study.option.OptionException;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a model is re-tuned.
 *
 * @param trainer who fits it; default LightGBM
 * @param space the search space in its written form; default one for the trainer
 * @param objectives what to make best; exactly one; default the task's first metric
 * @param budget when the search ends
 * @param sampler a sampler of the study engine by name, or a map of its name to options; default {@code auto}
 * @param transfer how the search learns from earlier ones: a way of transfer by name, or a map of its name to options; default
 *     {@code auto}. Its cold sampler is {@code sampler}; {@code none} searches as if from nothing
 * @param pruner a pruner of the study engine by name, or a map of its name to options; default {@code median}
 * @param snapshotRows newest labelled rows that a re-tune learns from; default 20,000; 200 to 5,000,000
 * @param seed of everything random in a re-tune; default 1
 * @param refitEvery event time after the last refit or candidate at which the champion's configuration is fitted again on the newest
 *     rows, without a search; absent (default): only alarms and people ask for re-tunes; at least 1 s
 */
public record RetuneSpec(
        Trainer trainer,
        Map<String, Object> space,
        List<ObjectiveSpec> objectives,
        Budget budget,
        Object sampler,
        Object transfer,
        Object pruner,
        Integer snapshotRows,
        Long seed,
        @Nullable Period refitEvery) {
    public RetuneSpec(
            @Nullable Trainer trainer,
            @Nullable Map<String, Object> space,
            @Nullable List<ObjectiveSpec> objectives,
            @Nullable Budget budget,
            @Nullable Object sampler,
            @Nullable Object transfer,
            @Nullable Object pruner,
            @Nullable Integer snapshotRows,
            @Nullable Long seed,
            @Nullable Period refitEvery) {
        this.trainer = trainer == null ? new Trainer(Map.of()) : trainer;
        this.space = Collections.unmodifiableMap(new LinkedHashMap<>(space == null ? Trainer.defaultSpace() : space));
        this.objectives = objectives == null ? List.of() : Check.filled("objectives", objectives);
        this.budget = budget == null ? new Budget(null, null, null, null, null) : budget;
        this.sampler = known(
                () -> SamplerSpec.parse(sampler == null ? "auto" : sampler).toPlain());
        this.transfer = known(
                () -> TransferSpec.parse(transfer == null ? "auto" : transfer).toPlain());
        this.pruner =
                known(() -> PrunerSpec.parse(pruner == null ? "median" : pruner).toPlain());
        this.snapshotRows = snapshotRows == null ? 20_000 : snapshotRows;
        this.seed = seed == null ? 1L : seed;
        this.refitEvery = refitEvery;
        Check.range("snapshotRows", this.snapshotRows, 200, 5_000_000);
        Check.that(this.objectives.size() <= 1, "objectives", "name exactly one metric");
        Check.that(
                refitEvery == null || refitEvery.value().toMillis() >= 1000,
                "refitEvery",
                refitEvery + " is below 1s; leave it out if only alarms are to ask for re-tunes");
        parsedSpace();
    }

    static RetuneSpec defaults() {
        return new RetuneSpec(null, null, null, null, null, null, null, null, null, null);
    }

    private static Object known(Supplier<Object> reading) {
        try {
            return reading.get();
        } catch (OptionException e) {
            throw new InvalidValueException(e.path(), e.problem());
        }
    }

    /** How the search learns from earlier ones. */
    public TransferSpec parsedTransfer() {
        TransferSpec written = TransferSpec.parse(transfer);
        Map<String, Object> options = new LinkedHashMap<>(written.options());
        options.putIfAbsent("sampler", sampler);
        return new TransferSpec(written.name(), options);
    }

    /** The search space. */
    public Space parsedSpace() {
        try {
            return Space.parse(space);
        } catch (SpaceException e) {
            throw new InvalidValueException(e.path(), e.problem());
        }
    }

    /** The metric to make best. */
    public String objective(TaskKind task) {
        return objectives.isEmpty()
                ? Metrics.of(task).get(0)
                : objectives.get(0).metric();
    }

    void checkObjective(TaskKind task) {
        if (!objectives.isEmpty()) {
            Metrics.check("retune.objectives[0].metric", objectives.get(0).metric(), task);
        }
    }

    /**
     * Who fits the model.
     *
     * @param lightgbm LightGBM's parameters that are not searched, by LightGBM's own names
     */
    public record Trainer(Map<String, Object> lightgbm) {
        public Trainer(@Nullable Map<String, Object> lightgbm) {
            this.lightgbm = lightgbm == null ? Map.of() : Check.filled("lightgbm", lightgbm);
        }

        /** The trainer's name, as the memory of earlier studies knows it. */
        public String trainerName() {
            return "lightgbm";
        }

        static Map<String, Object> defaultSpace() {
            Map<String, Object> space = new LinkedHashMap<>();
            space.put("learning_rate", Map.of("float", List.of(0.01, 0.3), "log", true));
            space.put("num_leaves", Map.of("int", List.of(4, 128), "log", true));
            space.put("min_data_in_leaf", Map.of("int", List.of(5, 200), "log", true));
            space.put("feature_fraction", Map.of("float", List.of(0.4, 1.0)));
            space.put("lambda_l2", Map.of("float", List.of(1e-3, 10.0), "log", true));
            space.put("num_iterations", Map.of("int", List.of(20, 300), "log", true));
            space.put("training_share", Map.of("float", List.of(0.05, 1.0), "log", true));
            return space;
        }
    }

    /**
     * What to make best.
     *
     * @param metric one of the task's metrics
     * @param goal {@code maximize} or {@code minimize}; must be the metric's own direction where given
     */
    public record ObjectiveSpec(String metric, @Nullable String goal) {
        public ObjectiveSpec {
            Check.text("metric", metric);
            if (goal != null) {
                String right = Metrics.higherIsBetter(metric) ? "maximize" : "minimize";
                Check.that(
                        goal.equals(right), "goal", "'" + goal + "' is not the direction of " + metric + ": " + right);
            }
        }
    }

    /**
     * When a search ends.
     *
     * @param trials trials at most; default 40; 1 to 10,000
     * @param wall time at most; default 20 m
     * @param parallel trials at once; default 2; 1 to 64
     * @param cpu processor time of all trials, above which none is begun; absent (default): no limit
     * @param leastGainPerHour what an hour of processor time has to gain to be worth while, as a share of what the re-fitted
     *     champion gets wrong; default .01. By this an alarm is answered by a re-fit, a short search or a full one; 0 is always a
     *     full one; 0 to 1,000
     */
    public record Budget(
            Integer trials,
            Period wall,
            Integer parallel,
            @Nullable Period cpu,
            Double leastGainPerHour) {
        public Budget(
                @Nullable Integer trials,
                @Nullable Period wall,
                @Nullable Integer parallel,
                @Nullable Period cpu,
                @Nullable Double leastGainPerHour) {
            this.trials = trials == null ? 40 : trials;
            this.wall = wall == null ? new Period(Duration.ofMinutes(20)) : wall;
            this.parallel = parallel == null ? 2 : parallel;
            this.cpu = cpu;
            this.leastGainPerHour = leastGainPerHour == null ? .01 : leastGainPerHour;
            Check.range("trials", this.trials, 1, 10_000);
            Check.range("parallel", this.parallel, 1, 64);
            Check.that(
                    this.leastGainPerHour >= 0 && this.leastGainPerHour <= 1_000,
                    "leastGainPerHour",
                    this.leastGainPerHour
                            + " is not in 0 to 1,000; it is the share of the error that an hour has to take off");
            Check.that(!this.wall.value().isZero(), "wall", "is zero; give the search some time");
            Check.that(cpu == null || !cpu.value().isZero(), "cpu", "is zero; leave it out for no limit");
        }
    }
}
