package io.homeostat.gateway.source;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.Holds;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ScoringException;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A model of this process, row after row on one of the threads it is given. */
public final class InProcess implements Scorer {
    private final ModelRuntime runtime;
    private final List<Feature> features;
    // a call that was given up may still be in native code: the model is closed after the last one
    private final Holds holds;

    public InProcess(ModelRuntime runtime) {
        this.runtime = runtime;
        this.holds = new Holds(runtime::close);
        this.features = runtime.features().entrySet().stream()
                .map(f -> new Feature(f.getKey(), f.getValue() == FeatureKind.NUMERIC ? "FP64" : "BYTES"))
                .toList();
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public CompletableFuture<List<Said>> score(List<Map<String, Object>> rows, Executor threads) {
        if (!holds.take()) {
            return CompletableFuture.failedFuture(new ScoringException(Cause.DEAD, "the model is closed"));
        }
        Call call = new Call(rows);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            holds.letGo();
            throw e;
        }
        return call.said;
    }

    @Override
    public void close() {
        holds.letGo();
    }

    private final class Call implements Runnable {
        private final List<Map<String, Object>> rows;
        private final CompletableFuture<List<Said>> said = new CompletableFuture<>();

        private Call(List<Map<String, Object>> rows) {
            this.rows = rows;
        }

        @Override
        public void run() {
            try {
                List<Said> all = new ArrayList<>(rows.size());
                for (int i = 0; i < rows.size() && !said.isDone(); i++) {
                    all.add(one(rows.get(i)));
                }
                said.complete(all);
            } finally {
                // an error of the JVM itself must not leave anyone waiting
                said.completeExceptionally(new ScoringException(Cause.ERROR, "the call ended without an answer"));
                holds.letGo();
            }
        }

        private Said one(Map<String, Object> row) {
            long start = System.nanoTime();
            try {
                Prediction prediction = runtime.predict(row);
                return new Said.Score(
                        prediction.output(), prediction.score(), prediction.probabilities(), millisSince(start));
            } catch (InvalidFeatureException e) {
                return failure(Cause.REFUSED, e, start);
            } catch (UnusableAnswerException e) {
                return failure(Cause.RUBBISH, e, start);
            } catch (RuntimeException | LinkageError e) {
                return failure(Cause.ERROR, e, start);
            }
        }

        private static Said failure(Cause cause, Throwable e, long start) {
            return new Said.Failure(cause, String.valueOf(e.getMessage()), millisSince(start));
        }

        private static double millisSince(long start) {
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
