package io.homeostat.backbone.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.ModelSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Work for a trial worker, taken from a share group: any worker may take any task, and again after a crash. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerTask.TakeSnapshot.class, name = "take_snapshot"),
    @JsonSubTypes.Type(value = WorkerTask.RunTrial.class, name = "run_trial"),
    @JsonSubTypes.Type(value = WorkerTask.ConfirmBest.class, name = "confirm_best")
})
public sealed interface WorkerTask {
    /** Unique; a task sent twice with the same id is the same work. */
    String taskId();

    /** The re-tune it belongs to. */
    String retuneId();

    /** The model's spec as of the re-tune's start. */
    ModelSpec spec();

    /**
     * Read the labelled rows and describe them.
     *
     * @param dataUntil labels known later are left out
     * @param changeSince what was before says little of the model from now on: when the change is believed to have
     *     begun, or until when the champion has learned. Hold-out and validation are taken from the rows since then
     *     where there are enough
     * @param changedAt when a change of the world is believed to have begun; absent if none is suspected
     * @param steady whether no change is suspected: then the validation may reach back over a fifth of the rows
     * @param before an earlier snapshot of the model, to say how the data has moved since; absent for the first
     */
    record TakeSnapshot(
            String taskId,
            String retuneId,
            ModelSpec spec,
            Instant dataUntil,
            @Nullable Instant changeSince,
            @Nullable Instant changedAt,
            boolean steady,
            @Nullable Snapshot before)
            implements WorkerTask {
        public TakeSnapshot {
            checkCommon(taskId, retuneId, spec);
            Check.present("dataUntil", dataUntil);
        }
    }

    /**
     * Fit one configuration and report its value on the validation rows step by step.
     *
     * @param studyId the study
     * @param trial the trial's number
     * @param parameters the configuration
     * @param snapshot the data
     * @param reportEvery training iterations between two reports
     * @param before what its training goes through first, without a report, from the first iteration on; default nothing
     * @param untilStep iterations in all after which it ends, for another trial goes on from there; its value is then the
     *     last one, not the best; absent: as many as the configuration says
     */
    record RunTrial(
            String taskId,
            String retuneId,
            ModelSpec spec,
            String studyId,
            int trial,
            Map<String, Object> parameters,
            Snapshot snapshot,
            int reportEvery,
            List<Stage> before,
            @Nullable Integer untilStep)
            implements WorkerTask {
        public RunTrial(
                String taskId,
                String retuneId,
                ModelSpec spec,
                String studyId,
                int trial,
                Map<String, Object> parameters,
                Snapshot snapshot,
                int reportEvery,
                @Nullable List<Stage> before,
                @Nullable Integer untilStep) {
            this.taskId = taskId;
            this.retuneId = retuneId;
            this.spec = spec;
            this.studyId = studyId;
            this.trial = trial;
            this.parameters = parameters;
            this.snapshot = snapshot;
            this.reportEvery = reportEvery;
            this.before = Stage.checked("before", before);
            this.untilStep = untilStep;
            checkCommon(taskId, retuneId, spec);
            Check.text("studyId", studyId);
            Check.atLeast("trial", trial, 0);
            Check.present("parameters", parameters);
            Check.present("snapshot", snapshot);
            Check.atLeast("reportEvery", reportEvery, 1);
            int from = this.before.isEmpty()
                    ? 0
                    : this.before.get(this.before.size() - 1).untilStep();
            Check.that(
                    untilStep == null || untilStep > from,
                    "untilStep",
                    untilStep + " is not above " + from + ", where its training before ends");
        }
    }

    /**
     * A part of a training with parameters of its own.
     *
     * @param untilStep iterations in all after which the next part begins
     * @param parameters the configuration until then
     */
    record Stage(int untilStep, Map<String, Object> parameters) {
        /** The most stages of a training. */
        public static final int MOST = 10_000;

        public Stage {
            Check.atLeast("untilStep", untilStep, 1);
            Check.present("parameters", parameters);
        }

        static List<Stage> checked(String name, @Nullable List<Stage> stages) {
            List<Stage> all = stages == null ? List.of() : List.copyOf(stages);
            Check.that(all.size() <= MOST, name, all.size() + " stages are more than " + MOST);
            for (int i = 1; i < all.size(); i++) {
                int step = all.get(i).untilStep;
                Check.that(
                        step > all.get(i - 1).untilStep,
                        name,
                        "stage " + i + " ends at " + step + ", not after the one before it");
            }
            return all;
        }
    }

    /**
     * Fit the best few on training and validation rows, compare the best of them with the champion on the hold-out, row by
     * row, store it and its reference profile; where the world is steady, store it fitted once more on all rows.
     *
     * @param studyId the study
     * @param finalists configurations, best first, with the trained iterations that were best; at most {@value
     *     #MOST_FINALISTS}
     * @param snapshot the data
     * @param championVersion the champion, absent at a first training
     * @param champion its artifact
     * @param candidateVersion the version that the winner will be
     * @param steady whether no change is suspected: then a model that has learned from the hold-out, too, answers alike
     */
    record ConfirmBest(
            String taskId,
            String retuneId,
            ModelSpec spec,
            String studyId,
            List<Finalist> finalists,
            Snapshot snapshot,
            @Nullable String championVersion,
            @Nullable ArtifactRef champion,
            String candidateVersion,
            boolean steady)
            implements WorkerTask {
        /** The most finalists. */
        public static final int MOST_FINALISTS = 10;

        public ConfirmBest {
            checkCommon(taskId, retuneId, spec);
            Check.text("studyId", studyId);
            finalists = List.copyOf(Check.notEmpty("finalists", finalists));
            Check.that(
                    finalists.size() <= MOST_FINALISTS, "finalists", finalists.size() + " are above " + MOST_FINALISTS);
            Check.present("snapshot", snapshot);
            Check.text("candidateVersion", candidateVersion);
        }
    }

    /**
     * A configuration that reached the confirmation.
     *
     * @param trial its trial number
     * @param parameters the configuration
     * @param value its value on the validation rows
     * @param before what its training went through first; default nothing
     */
    record Finalist(int trial, Map<String, Object> parameters, double value, List<Stage> before) {
        public Finalist(int trial, Map<String, Object> parameters, double value, @Nullable List<Stage> before) {
            this.trial = trial;
            this.parameters = parameters;
            this.value = value;
            this.before = Stage.checked("before", before);
        }
    }

    private static void checkCommon(@Nullable String taskId, @Nullable String retuneId, @Nullable ModelSpec spec) {
        Check.text("taskId", taskId);
        Check.text("retuneId", retuneId);
        Check.present("spec", spec);
    }
}
