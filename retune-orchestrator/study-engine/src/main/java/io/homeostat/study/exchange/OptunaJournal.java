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
    private OptunaJournal() {}

    /** The study as a journal of its own. */
    public static String write(StudyState state) {
        return new OptunaWriter(state).journal();
    }

    /**
     * The names of the studies in a journal, in the order in which they were created.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static List<String> studies(String journal) {
        return List.copyOf(OptunaReplay.of(journal).keySet());
    }

    /**
     * Reads a study.
     *
     * @param name its name; {@link #studies} has them
     * @throws IllegalArgumentException naming the line or the trial that cannot be read, or the names there are
     */
    public static StudyState read(String journal, String name) {
        Map<String, OptunaStudy> studies = OptunaReplay.of(journal);
        OptunaStudy study = studies.get(name);
        if (study == null) {
            throw new IllegalArgumentException(
                    "journal: has no study \"" + name + "\". It has: " + String.join(", ", studies.keySet()) + ".");
        }
        return new OptunaReader(study).state();
    }
}
