package io.homeostat.study.study;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Space;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a study is to do. {@link #of} has a default for everything but the name, the space and the objectives; the {@code
 * with…} methods change one thing each.
 *
 * @param name what people call it, not blank
 * @param space where to search
 * @param objectives what to improve, 1 to 10 different metrics; reports on the way are values of the first
 * @param constraints names of what trials must keep, each by a value of at most 0; at most 100, different
 * @param sampler which points to try; default {@code auto}
 * @param pruner which trials to stop early; default {@code auto}; with several objectives none is stopped, and only
 *     {@code auto} and {@code never} are allowed
 * @param budget what it may spend; default 100 trials
 * @param stop when it ends before; default never
 * @param seed with the trial's number the only source of chance; default 1
 * @param parallel how many trials are open at the same time at most; 1 to 1000; default 1
 */
public record StudySpec(
        String name,
        Space space,
        List<Objective> objectives,
        List<String> constraints,
        SamplerSpec sampler,
        PrunerSpec pruner,
        Budget budget,
        StopWhen stop,
        long seed,
        int parallel) {
    private static final int MOST_PARALLEL = 1000;
    private static final int MOST_OBJECTIVES = 10;
    private static final int MOST_CONSTRAINTS = 100;

    public StudySpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("study.name: is blank.");
        }
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException(
                    "study.parallel: " + parallel + " is not in [1, " + MOST_PARALLEL + "].");
        }
        objectives = List.copyOf(objectives);
        constraints = List.copyOf(constraints);
        if (objectives.isEmpty() || objectives.size() > MOST_OBJECTIVES) {
            throw new IllegalArgumentException(
                    "study.objectives: " + objectives.size() + " are not in [1, " + MOST_OBJECTIVES + "].");
        }
        different("objectives", objectives.stream().map(Objective::metric).toList());
        different("constraints", constraints);
        if (constraints.size() > MOST_CONSTRAINTS) {
            throw new IllegalArgumentException(
                    "study.constraints: " + constraints.size() + " are more than " + MOST_CONSTRAINTS + ".");
        }
        if (objectives.size() > 1 && pruner.name().equals("auto")) {
            pruner = new PrunerSpec("never", Map.of());
        }
        if (objectives.size() > 1 && !pruner.name().equals("never")) {
            throw new IllegalArgumentException("study.pruner: " + pruner.name()
                    + " judges by one objective, and there are " + objectives.size() + ". Use never.");
        }
        if (objectives.size() > 1 && stop.targetReached().isPresent()) {
            throw new IllegalArgumentException("study.stop.targetReached: is for one objective, and there are "
                    + objectives.size() + ". Use noImprovementIn.");
        }
    }

    private static void different(String what, List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("study." + what + ": " + names + " has a name twice.");
        }
    }

    /** A study with defaults. */
    public static StudySpec of(String name, Space space, Objective... objectives) {
        return new StudySpec(
                name,
                space,
                List.of(objectives),
                List.of(),
                new SamplerSpec("auto", Map.of()),
                new PrunerSpec("auto", Map.of()),
                Budget.trials(100),
                StopWhen.BUDGET_IS_USED_UP,
                1,
                1);
    }

    /** The first objective: the only one of most studies. */
    public Objective objective() {
        return objectives.get(0);
    }

    /** Whether less or more is better, for each objective. */
    public List<Goal> goals() {
        return objectives.stream().map(Objective::goal).toList();
    }

    /** The same with constraints. */
    public StudySpec withConstraints(String... names) {
        return new StudySpec(name, space, objectives, List.of(names), sampler, pruner, budget, stop, seed, parallel);
    }

    /** The same with a sampler: a name, or a map of the name to options. */
    public StudySpec withSampler(Object written) {
        SamplerSpec other = SamplerSpec.parse(written);
        return new StudySpec(name, space, objectives, constraints, other, pruner, budget, stop, seed, parallel);
    }

    /**
     * The same for noisy values: the last trials try the best few configurations again before a winner is named; see {@link
     * io.homeostat.study.sampler.RepeatingSampler} and {@link Results#winner}.
     *
     * @param contenders how many configurations; 2 to 100
     * @param repeats trials of each in all; 2 to 100
     */
    public StudySpec withRepeats(int contenders, int repeats) {
        return withSampler(Map.of(
                "repeating", Map.of("sampler", sampler.toPlain(), "contenders", contenders, "repeats", repeats)));
    }

    /** The same with a pruner: a name, or a map of the name to options. */
    public StudySpec withPruner(Object written) {
        PrunerSpec other = PrunerSpec.parse(written);
        return new StudySpec(name, space, objectives, constraints, sampler, other, budget, stop, seed, parallel);
    }

    /** The same with a budget. */
    public StudySpec withBudget(Budget other) {
        return new StudySpec(name, space, objectives, constraints, sampler, pruner, other, stop, seed, parallel);
    }

    /** The same with conditions for an end before the budget is used up. */
    public StudySpec withStop(StopWhen other) {
        return new StudySpec(name, space, objectives, constraints, sampler, pruner, budget, other, seed, parallel);
    }

    /** The same with a seed. */
    public StudySpec withSeed(long other) {
        return new StudySpec(name, space, objectives, constraints, sampler, pruner, budget, stop, other, parallel);
    }

    /** The same with so many trials open at the same time at most. */
    public StudySpec withParallel(int trials) {
        return new StudySpec(name, space, objectives, constraints, sampler, pruner, budget, stop, seed, trials);
    }
}
