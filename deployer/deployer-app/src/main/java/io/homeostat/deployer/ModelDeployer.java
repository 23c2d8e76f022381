package io.homeostat.deployer;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.store.HeapStore;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.deployer.decide.Deployment;
import io.homeostat.deployer.decide.Refusal;
import io.homeostat.deployer.decide.TimeRule;
import io.homeostat.deployer.decide.Turn;
import io.homeostat.deployer.observe.Observation;
import io.homeostat.deployer.route.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Hosts every model's deployment at the model's key: hears candidates, commands and observations, says routes. */
final class ModelDeployer extends ContextualProcessor<String, Object, String, Object> {
    /** Store of the deployments. */
    static final String STORE = "deployer.state";

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Topics topics;
    private final ClockSetting clock;
    private final DeployerMeters meters;

    @SuppressWarnings("NullAway.Init")
    private HeapStore<Deployment> deployments;

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    ModelDeployer(Topics topics, ClockSetting clock, DeployerMeters meters) {
        this.topics = topics;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        deployments = context.getStateStore(STORE);
        specs = new SpecLookup(context, topics);
        deployments.forEach((model, deployment) -> {
            if (deployment.route() != null) {
                meters.revision(model, deployment.route().revision());
            }
        });
        if (clock == ClockSetting.WALL) {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        Object value = record.value();
        if (value instanceof CandidateEvent candidate && keyed(record, candidate.model())) {
            Turn turn = turn(record, candidate.model());
            turn.candidate(candidate, specs.of(candidate.model()));
            finish(turn, record);
        } else if (value instanceof RolloutCommand command && keyed(record, command.model())) {
            Turn turn = turn(record, command.model());
            turn.command(command);
            finish(turn, record);
        } else if (value instanceof Observation observation) {
            observe(record, observation);
        }
    }

    private void observe(Record<String, Object> record, Observation observation) {
        if (deployments.get(record.key()).isEmpty()) {
            return; // nobody has ever been champion: there is no such rollout
        }
        meters.observed(record.key(), observation);
        Turn turn = turn(record, record.key());
        turn.observe(observation);
        finish(turn, record);
    }

    /** A wrongly keyed record may stand in another task's partition, where the model's state is not. */
    private boolean keyed(Record<String, Object> record, String model) {
        if (model.equals(record.key())) {
            return true;
        }
        refuse(
                record,
                new Refusal(
                        DeadLetter.Reason.REFUSED,
                        "key: '" + record.key() + "' is not the model '" + model
                                + "'; write it with the model as key"));
        return false;
    }

    private Turn turn(Record<String, Object> record, String model) {
        Deployment deployment = deployments.get(model).orElseGet(() -> Deployment.none(model));
        return turn(deployment, Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    }

    /** A turn that first ends what cannot go on. */
    private Turn turn(Deployment deployment, Instant at) {
        Turn turn = new Turn(deployment, rule());
        turn.endLost(at);
        if (deployment.underway() != null && specs.of(deployment.model()).isEmpty()) {
            turn.removed(at);
        }
        return turn;
    }

    private TimeRule rule() {
        return clock == ClockSetting.WALL
                ? new TimeRule.Wall(Instant.ofEpochMilli(context().currentSystemTimeMs()))
                : new TimeRule.Events();
    }

    private void tick(long now) {
        deployments.forEach((model, deployment) -> {
            if (deployment.underway() != null || deployment.lost() != null) {
                Turn turn = turn(deployment, Instant.ofEpochMilli(now));
                turn.tick(Instant.ofEpochMilli(now));
                finish(turn, null, now);
            }
        });
    }

    private void finish(Turn turn, Record<String, Object> record) {
        finish(turn, record, record.timestamp());
    }

    private void finish(Turn turn, @Nullable Record<String, Object> record, long timestamp) {
        Deployment deployment = turn.deployment();
        String model = deployment.model();
        for (Object event : turn.said()) {
            if (event instanceof Refusal refusal && record != null) {
                refuse(record, refusal);
            } else {
                say(model, event, timestamp);
            }
        }
        if (!turn.reason().isEmpty()) {
            Optional<Route> route = Routing.next(deployment, turn.decidedAt(), turn.reason());
            if (route.isPresent()) {
                deployment = deployment.withRoute(route.get());
                say(model, route.get(), timestamp);
            }
        }
        if (!deployment.equals(Deployment.none(model))) {
            deployments.put(model, deployment);
        }
    }

    private void refuse(Record<String, Object> record, Refusal refusal) {
        Instant at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        DeadLetter letter = DeadLetters.letter(
                DeadLetters.originOf(record),
                record.key(),
                Json.text(record.value()),
                refusal.reason(),
                refusal.message(),
                at);
        say(record.key(), letter, record.timestamp());
    }

    private void say(@Nullable String model, Object event, long timestamp) {
        if (model != null) {
            meters.said(model, event);
        }
        // without the headers of what was read: they name where that came from, not where this does
        context().forward(new Record<>(model, event, timestamp));
    }
}
