package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Population based training: trains a population piece by piece, and lets the bad go on where the good are, with slightly
 * changed parameters. What it finds is a schedule of parameters rather than one point.
 *
 * <p>Idea: a trial trains one member by {@code interval} steps, from the checkpoint of the trial that its note {@value
 * PromotingSampler#RESUMES} names, from the step {@code fromStep} to {@code untilStep}; without the first it starts at step 0.
 * The worker keeps a checkpoint of each trial, and tells the value at its last step. A member whose newest value is among
 * the worst {@code quantile} of all goes on from the newest trial of one of the best {@code quantile}, drawn at random
 * (exploit), with that one's parameters, each drawn anew with probability {@code resample} or else multiplied by 1.2 or 0.8
 * (explore; see {@link Exploration}). All others go on as they are. Whoever is behind is served first.
 *
 * <p>A member at the full step is done. When all are done or being trained another member starts. A failed member starts
 * anew, at random or from a good one. With several objectives it is the first that counts. To be used with the pruner
 * {@code never}: what stops a member is its rank.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code population}: how many members start at first; 2 to 10,000; default a tenth of the study's trials within [4,
 *       50], 20 if their number is not limited, and at least as many as are trained at a time
 *   <li>{@code interval}: steps per trial; at least 1, default a tenth of the full step, 1 if that is not known
 *   <li>{@code quantile}: above 0 and at most ½, default ¼
 *   <li>{@code resample}: 0 to 1, default ¼
 * </ul>
 *
 * <p>Example: 100 trials, full step 50: ten members, each of which is trained by ten trials of 5 steps.
 *
 * <p>Cost: O(members · log members) per suggestion. Reference: M. Jaderberg et al., Population Based Training of Neural
 * Networks, arXiv 1711.09846, 2017.
 */
public final class PbtSampler implements Sampler {
    /** A note: the step after which the trial ends, for another one goes on from there. */
    public static final String UNTIL_STEP = Members.UNTIL_STEP;

    private static final int TRIES = 20;
    private static final int TRIALS_IF_UNLIMITED = 200;
    private static final int PIECES = 10;
    private static final int FEWEST = 4; // of fewer members none is bad

    private final int population; // 0: by the budget
    private final long interval; // 0: by the full step
    private final double quantile;
    private final Exploration exploration;

    /** The options named above. */
    PbtSampler(Options options) {
        population = options.has("population") ? options.integer("population", 20, 2, 10_000) : 0;
        interval = options.has("interval") ? options.whole("interval", 1, 1, Integer.MAX_VALUE) : 0;
        quantile = options.number("quantile", 0.25, 0.001, 0.5);
        exploration = new Exploration(options.number("resample", 0.25, 0, 1));
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        RandomGenerator random = request.random();
        Unseen unseen = new Unseen(request);
        History finished = request.finished();
        Members members = finished.derive(Members.OF_ALL);
        int member = next(request, members);
        int newest = members.newest(member);
        boolean failed = newest < 0 || finished.get(newest).failed();
        OptionalInt parent = failed && newest < 0 ? OptionalInt.empty() : parent(request, members, newest, random);
        if (parent.isEmpty() && failed) {
            Suggestion start = unseen.draw(random, "random: member " + member + " starts");
            return start.withNotes(notes(request, member, 0));
        }
        return goingOn(request, unseen, member, finished.get(parent.orElse(newest)), parent.isPresent(), random);
    }

    /** The member that is furthest behind and not in training, or a new one. */
    private int next(SamplerRequest request, Members members) {
        Set<Integer> busy = request.running().stream()
                .map(trial -> Members.member(trial.notes()))
                .collect(Collectors.toSet());
        int first = population > 0 ? population : population(request);
        int many = Math.max(first, members.size());
        int next = -1;
        long least = full(request);
        for (int member = 0; member < many; member++) {
            int newest = members.newest(member);
            long step = newest < 0 ? 0 : Members.step(request.finished().get(newest));
            if (step < least && !busy.contains(member)) {
                next = member;
                least = step;
            }
        }
        int unknown = Math.max(many, busy.stream().mapToInt(i -> i + 1).max().orElse(0));
        return next >= 0 ? next : unknown;
    }

    private static int population(SamplerRequest request) {
        int all = request.left().trials().isPresent()
                ? request.trialNumber() + request.left().trials().getAsInt()
                : TRIALS_IF_UNLIMITED;
        return Math.max(request.parallelism(), Math.max(FEWEST, Math.min(50, all / PIECES)));
    }

    private static long full(SamplerRequest request) {
        return request.left().fullStep().orElse(Long.MAX_VALUE);
    }

    /** The trial of a good member that a bad one goes on from; empty if it is not bad or none is good. */
    private OptionalInt parent(SamplerRequest request, Members members, int newest, RandomGenerator random) {
        int[] ranked = members.ranked(request.finished());
        if (ranked.length < FEWEST) {
            return OptionalInt.empty();
        }
        int some = Math.max(1, (int) (quantile * ranked.length));
        boolean bad = Arrays.stream(ranked).skip(ranked.length - some).anyMatch(trial -> trial == newest);
        if (!bad && !request.finished().get(newest).failed()) {
            return OptionalInt.empty();
        }
        int[] good = IntStream.of(ranked)
                .limit(some)
                .filter(trial -> Members.step(request.finished().get(trial)) < full(request))
                .toArray();
        return good.length == 0 ? OptionalInt.empty() : OptionalInt.of(good[random.nextInt(good.length)]);
    }

    private Suggestion goingOn(
            SamplerRequest request,
            Unseen unseen,
            int member,
            FinishedTrial from,
            boolean exploits,
            RandomGenerator random) {
        Map<String, String> notes = notes(request, member, Members.step(from));
        notes.put(PromotingSampler.RESUMES, String.valueOf(from.number()));
        notes.put(Rungs.FROM_STEP, String.valueOf(Members.step(from)));
        String does = exploits ? " goes on from trial " : " goes on with trial ";
        Configuration point = from.configuration();
        for (int i = 0; i < TRIES && (unseen.running(point) || exploits && point.equals(from.configuration())); i++) {
            point = exploration.from(request.space(), from.configuration(), random);
        }
        Suggestion suggestion = new Suggestion(point, "pbt: member " + member + does + from.number());
        return (unseen.running(point) ? unseen.draw(random, suggestion.reason() + " at a random point") : suggestion)
                .withNotes(notes);
    }

    private Map<String, String> notes(SamplerRequest request, int member, long from) {
        long by =
                interval > 0 ? interval : Math.max(1, request.left().fullStep().orElse(1) / PIECES);
        Map<String, String> notes = new HashMap<>();
        notes.put(Members.MEMBER, String.valueOf(member));
        notes.put(Members.UNTIL_STEP, String.valueOf(Math.min(full(request), from + by)));
        return notes;
    }
}
