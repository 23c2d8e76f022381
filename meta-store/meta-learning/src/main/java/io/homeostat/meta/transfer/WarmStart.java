package io.homeostat.meta.transfer;

import io.homeostat.meta.similarity.Nearest;
import io.homeostat.meta.similarity.Neighbour;
import io.homeostat.meta.similarity.ScaledDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which configurations a new search should try first, by what was found in earlier tasks.
 *
 * <p><b>Idea.</b> Where data moves on step by step, the best of the step before is the best guess now. So:
 *
 * <ol>
 *   <li>the up to 3 best configurations of the model's newest task,
 *   <li>the best of each of the model's older tasks, newest first,
 *   <li>the best of each other model's task, nearest data first, and those that share no meta-feature, newest first;
 *       where there is room left, their second best, then third best,
 *   <li>last, the best of tasks whose winner failed in production, in the same order.
 * </ol>
 *
 * <p>Only tasks of the same trainer count. A configuration is cut to the parameters that the new space can take, and
 * none comes twice. At most the 10,000 newest records are looked at. The same records in any order give the same
 * answer.
 *
 * <p><b>Example.</b> Model "loans" has tasks of Monday and Tuesday, "cards" one of Tuesday. Asked for five: three of
 * loans' Tuesday, the best of loans' Monday, the best of cards' Tuesday. Had loans' Tuesday winner been rolled back:
 * three of Monday, the one of cards, and loans' Tuesday last.
 *
 * <p>Reference: J. Hellan et al., Obeying the order: introducing ordered transfer hyperparameter optimisation, AutoML
 * 2023 (SimplePrevious, SimpleOrdered).
 */
public final class WarmStart {
    /** Records looked at, the newest ones. */
    public static final int MOST_RECORDS = 10_000;

    /** Configurations taken of the model's newest task. */
    public static final int FROM_PREVIOUS = 3;

    private static final Comparator<TaskRecord> NEWEST_FIRST =
            Comparator.comparing(TaskRecord::at).reversed().thenComparing(TaskRecord::taskId);

    private final Request request;
    private final List<Usable> usable = new ArrayList<>();
    private final List<IgnoredRecord> ignored = new ArrayList<>();
    private final Map<String, Neighbour> neighbours = new HashMap<>();
    private final List<WarmConfiguration> picked = new ArrayList<>();
    private final Set<String> fingerprints = new HashSet<>();

    private WarmStart(Request request) {
        this.request = request;
    }

    /**
     * Recommends what to try first.
     *
     * @param request the search that is about to begin
     * @param records the finished tasks, in any order
     */
    public static Recommendation recommend(Request request, Collection<TaskRecord> records) {
        WarmStart warmStart = new WarmStart(request);
        warmStart.read(records);
        warmStart.measure();
        warmStart.pick();
        return new Recommendation(warmStart.picked, warmStart.ignored, warmStart.ignored.size());
    }

    private void read(Collection<TaskRecord> records) {
        List<TaskRecord> sorted = records.stream().sorted(NEWEST_FIRST).toList();
        Set<String> tasks = new HashSet<>();
        for (int i = 0; i < sorted.size(); i++) {
            TaskRecord record = sorted.get(i);
            if (i >= MOST_RECORDS) {
                ignore(record, "It is older than the newest " + MOST_RECORDS + " records.");
            } else if (!tasks.add(record.taskId())) {
                ignore(record, "A newer record of the same task is there.");
            } else {
                read(record);
            }
        }
    }

    private void read(TaskRecord record) {
        Usable.Reading reading = Usable.read(record, request);
        if (reading instanceof Usable.Taken taken) {
            usable.add(taken.usable());
        } else if (reading instanceof Usable.Refused refused) {
            ignore(record, refused.reason());
        }
    }

    private void ignore(TaskRecord record, String reason) {
        ignored.add(new IgnoredRecord(record.taskId(), reason));
    }

    private void measure() {
        Map<String, Map<String, Double>> known = new HashMap<>();
        usable.forEach(task -> known.put(task.record().taskId(), task.record().metaFeatures()));
        ScaledDistance scale = ScaledDistance.fit(known.values());
        Nearest.to(request.metaFeatures(), known, scale)
                .neighbours()
                .forEach(neighbour -> neighbours.put(neighbour.taskId(), neighbour));
    }

    private void pick() {
        List<Usable> good =
                usable.stream().filter(task -> !task.record().wentBadly()).toList();
        List<Usable> bad =
                usable.stream().filter(task -> task.record().wentBadly()).toList();
        pickOwn(own(good));
        pickOthers(others(good));
        own(bad).forEach(task -> add(task, 0, "Its winner failed in production, so it comes last: "));
        others(bad).forEach(task -> add(task, 0, "Its winner failed in production, so it comes last: "));
    }

    private void pickOwn(List<Usable> own) {
        for (int place = 0; !own.isEmpty() && place < own.get(0).best().size(); place++) {
            add(own.get(0), place, "The data moved on from there: ");
        }
        own.stream().skip(1).forEach(task -> add(task, 0, "Found earlier in this model's history: "));
    }

    private void pickOthers(List<Usable> others) {
        for (int place = 0; place < FROM_PREVIOUS; place++) {
            for (Usable task : others) {
                if (place < task.best().size()) {
                    add(task, place, "Found for another model: ");
                }
            }
        }
    }

    private List<Usable> own(List<Usable> tasks) {
        return tasks.stream()
                .filter(task -> task.record().model().equals(request.model()))
                .toList();
    }

    // the sort is stable: without a distance, and at equal ones, the newest stays first
    private List<Usable> others(List<Usable> tasks) {
        return tasks.stream()
                .filter(task -> !task.record().model().equals(request.model()))
                .sorted(Comparator.comparingDouble(this::distance))
                .toList();
    }

    private double distance(Usable task) {
        Neighbour neighbour = neighbours.get(task.record().taskId());
        return neighbour == null ? Double.POSITIVE_INFINITY : neighbour.distance();
    }

    private void add(Usable task, int place, String why) {
        SortedMap<String, Object> parameters = task.best().get(place);
        if (picked.size() < request.n() && fingerprints.add(Fingerprint.of(parameters))) {
            TaskRecord record = task.record();
            Neighbour neighbour = neighbours.get(record.taskId());
            picked.add(new WarmConfiguration(
                    parameters,
                    record.taskId(),
                    neighbour == null ? null : (Double) neighbour.distance(),
                    why + Reason.of(record, place, neighbour)));
        }
    }
}
