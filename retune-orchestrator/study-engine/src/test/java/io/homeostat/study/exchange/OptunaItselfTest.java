package io.homeostat.study.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.homeostat.study.space.Condition;
import io.homeostat.study.space.FloatParameter;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialState;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's python3-optuna reads what is written here, and the other way round; skipped where it is absent. */
class OptunaItselfTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    @BeforeAll
    static void optunaIsThere() throws Exception {
        boolean python = Files.isExecutable(Path.of(PYTHON));
        assumeTrue(python && run(List.of(PYTHON, "-c", "import optuna")).code == 0, "python3-optuna is absent");
    }

    private record Ran(int code, String out) {}

    private static Ran run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(2, TimeUnit.MINUTES);
        return new Ran(process.exitValue(), out);
    }

    private String python(String... lines) throws Exception {
        Path script = folder.resolve("script.py");
        Files.writeString(script, """
                import json, sys, warnings
                warnings.simplefilter("ignore")
                import optuna
                from optuna.storages import JournalStorage, JournalFileStorage
                optuna.logging.set_verbosity(optuna.logging.ERROR)
                storage = JournalStorage(JournalFileStorage(sys.argv[1]))
                """ + String.join("\n", lines));
        Ran ran =
                run(List.of(PYTHON, script.toString(), folder.resolve("journal").toString()));
        assertThat(ran.code).as(ran.out).isZero();
        return ran.out;
    }

    @Test
    @SuppressWarnings("unchecked")
    void optunaReadsWhatIsWritten() throws Exception {
        // given
        StudyState state = OptunaJournalTest.single();
        Files.writeString(folder.resolve("journal"), OptunaJournal.write(state));

        // when
        String out = python("""
                study = optuna.load_study(study_name=optuna.get_all_study_summaries(storage)[0].study_name, storage=storage)
                assert study.direction == optuna.study.StudyDirection.MAXIMIZE
                trials = [dict(number=t.number, state=t.state.name, values=t.values, params=t.params,
                    constraints=t.system_attrs.get("constraints"), steps=list(t.intermediate_values.items()),
                    note=t.user_attrs.get("note"), start=str(t.datetime_start)) for t in study.trials]
                study.sampler = optuna.samplers.TPESampler(seed=1)
                asked = study.ask()
                print(json.dumps(dict(name=study.study_name, best=study.best_trial.number, trials=trials, asked=asked.number)))
                """);
        Map<String, Object> there = (Map<String, Object>) Json.read(out);

        // then
        assertThat(there.get("name")).isEqualTo(state.spec().name());
        assertThat(there.get("best")).isEqualTo(10L);
        List<Map<String, Object>> trials = (List<Map<String, Object>>) there.get("trials");
        assertThat(trials).hasSize(state.trials().size() + state.enqueued().size());
        for (Trial trial : state.trials()) {
            Map<String, Object> other = trials.get(trial.number());
            String name =
                    trial.state() == TrialState.FAILED ? "FAIL" : trial.state().name();
            assertThat(other.get("state")).isEqualTo(name);
            assertThat(other.get("params")).isEqualTo(trial.configuration().values());
            assertThat(other.get("values")).isEqualTo(trial.values().isEmpty() ? null : trial.values());
            assertThat(other.get("constraints")).isEqualTo(trial.constraints().isEmpty() ? null : trial.constraints());
            assertThat((List<?>) other.get("steps")).hasSize(trial.steps().size());
        }
        assertThat(trials.get(3).get("note")).isEqualTo("round 3");
        // the waiting trial, not the configuration enqueued after it, is what Optuna goes on with
        assertThat(there.get("asked")).isEqualTo(13L);
    }

    @Test
    void whatOptunaAddsIsReadBack() throws Exception {
        // given
        StudyState state = OptunaJournalTest.several();
        Files.writeString(folder.resolve("journal"), OptunaJournal.write(state));

        // when
        python("""
                study = optuna.load_study(study_name="front", storage=storage)
                first = study.trials[0]
                study.add_trial(optuna.trial.create_trial(values=[0.9, 0.5], params=first.params,
                    distributions=first.distributions))
                """);
        StudyState more =
                OptunaJournal.of(Files.readString(folder.resolve("journal"))).read("front");

        // then
        assertThat(more.spec()).isEqualTo(state.spec());
        assertThat(more.trials().subList(0, 8)).isEqualTo(state.trials());
        assertThat(more.trials().get(8).values()).containsExactly(0.9, 0.5);
        assertThat(Results.front(more)).contains(more.trials().get(8));
    }

    @Test
    void whatOptunaWritesIsRead() throws Exception {
        // given
        python("""
                def objective(trial):
                    x = trial.suggest_float("x", -5, 5)
                    rate = trial.suggest_float("rate", 1e-4, 1e-1, log=True)
                    kind = trial.suggest_categorical("kind", ["svm", "net", None])
                    loss = x * x + rate
                    if kind == "svm":
                        loss += trial.suggest_float("c", 0, 1, step=0.25)
                    layers = trial.suggest_int("layers", 1, 3)
                    for i in range(1, layers):
                        loss += trial.suggest_int("units%d" % i, 8, 64) / 64
                    trial.set_user_attr("size", {"a": 1})
                    trial.set_system_attr("constraints", (x - 2, -1.0))
                    if trial.number == 5:
                        raise ValueError("broken")
                    for step in range(4):
                        trial.report(loss + 1 / (step + 1), step)
                        if trial.number % 7 == 6 and step == 2:
                            raise optuna.TrialPruned()
                    return loss
                optuna.create_study(study_name="other", storage=storage)
                study = optuna.create_study(study_name="mine", storage=storage,
                    sampler=optuna.samplers.RandomSampler(seed=3))
                study.enqueue_trial({"x": 1.0})
                study.optimize(objective, n_trials=60, catch=(ValueError,))
                study.enqueue_trial({"x": 2.0, "kind": "net"})
                """);

        // when
        String journal = Files.readString(folder.resolve("journal"));
        StudyState state = OptunaJournal.of(journal).read("mine");

        // then
        assertThat(OptunaJournal.of(journal).studies()).containsExactly("other", "mine");
        assertThat(state.trials()).hasSize(60);
        assertThat(state.history().count(Outcome.FAILED)).isEqualTo(1);
        assertThat(state.history().count(Outcome.PRUNED)).isEqualTo(8);
        assertThat(state.spec().constraints()).containsExactly("constraint0", "constraint1");
        assertThat(state.spec().space().parameter("rate")).isEqualTo(FloatParameter.log(1e-4, 1e-1));
        assertThat(state.spec().space().conditions())
                .isEqualTo(Map.of(
                        "c", new Condition.AnyOf("kind", List.of("svm")),
                        "units1", new Condition.Between("layers", OptionalLong.of(2), OptionalLong.empty()),
                        "units2", new Condition.Between("layers", OptionalLong.of(3), OptionalLong.empty())));
        assertThat(state.trials().get(0).configuration().values()).containsEntry("x", 1.0);
        assertThat(state.trials().get(0).steps()).hasSize(4);
        assertThat(state.trials().get(0).attributes()).isEqualTo(Map.of("size", "{\"a\": 1}"));
        assertThat(state.enqueued()).hasSize(1);
        assertThat(state.enqueued().get(0).configuration().values())
                .containsEntry("x", 2.0)
                .containsEntry("kind", "net");
        assertThat(Results.best(state).orElseThrow().feasible()).isTrue();
    }
}
