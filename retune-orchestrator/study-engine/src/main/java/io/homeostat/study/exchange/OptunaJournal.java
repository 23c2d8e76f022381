package io.homeostat.study.exchange;

import io.homeostat.study.study.StudyState;
import java.util.List;
import java.util.Map;

/**
 * Optuna's journal: the file of its {@code JournalFileStorage}, a line of JSON per operation, as of release 3.1.
 *
 * <p>A study written here opens in Optuna, its dashboard and its notebooks: parameters, conditional ones too, values of all
 * objectives, constraints, reports on the way, pruned and failed trials, attributes, enqueued configurations. What has no
 * place there — the space's priors and conditions, the study's budget, workers, costs, reasons — is kept in an attribute
 * named {@value OptunaWriter#OURS}, so that reading it back gives the study that was written.
 *
 * <p>A study that Optuna wrote is read with the space that its trials show ({@code float}, {@code int} and {@code
 * categorical}; a parameter that is missing in some hangs on the one that tells when). Its trials count as added; its
 * budget is as many trials as it has. Times without a zone are taken as UTC.
 *
 * <p>This class reads and writes text; files are the caller's.
 */
public final class OptunaJournal {
    private final Map<String, OptunaStudy> studies;

    private OptunaJournal(Map<String, OptunaStudy> studies) {
        this.studies = studies;
    }

    /** The study as a journal of its own. */
    public static String write(StudyState state) {
        return new OptunaWriter(state).journal();
    }

    /**
     * Reads a journal, of which each study can then be read.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static OptunaJournal of(String journal) {
        return new OptunaJournal(OptunaReplay.of(journal));
    }

    /** The names of the studies, in the order in which they were created. */
    public List<String> studies() {
        return List.copyOf(studies.keySet());
    }

    /**
     * Reads a study.
     *
     * @param name its name; {@link #studies} has them
     * @throws IllegalArgumentException naming the trial that cannot be read, or the names there are
     */
    public StudyState read(String name) {
        OptunaStudy study = studies.get(name);
        if (study == null) {
            throw new IllegalArgumentException(
                    "journal: has no study \"" + name + "\". It has: " + String.join(", ", studies.keySet()) + ".");
        }
        return new OptunaReader(study).state();
    }
}
