package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.benchmarks.drift.LabelledStream;
import io.homeostat.benchmarks.loop.Life.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import moa.streams.generators.AgrawalGenerator;

/**
 * Lives by stream and seed, all with the demonstration's spec.
 *
 * <ul>
 *   <li>{@code demo}: the demonstration's applicants, whose loans are granted by rule 5 and, after the change, by rule 2
 *   <li>{@code rules}: the same with two other rules of the ten, drawn by the seed
 *   <li>{@code abrupt}: the streams with changes at known rows, a change per seed
 *   <li>{@code elec2}: the electricity market, 20 stretches of it that overlap; when and whether it changed is not known
 * </ul>
 */
final class Lives {
    static final List<String> STREAMS = List.of("demo", "rules", "abrupt", "elec2");

    private static final Path DEMO = Path.of("deploy/standalone/src/main/resources/demo-loans.yaml");
    private static final int CHANGE = Life.HISTORY + Life.STEADY;
    private static final int FRESH_GENERATED = 10_000;
    private static final int FRESH_RECORDED = 2_000;
    private static final double PERTURBATION = .05;

    private final ModelSpec demo;
    private final List<LabelledStream> abrupt;
    private final LabelledStream elec2;

    private Lives(ModelSpec demo, List<LabelledStream> abrupt, LabelledStream elec2) {
        this.demo = demo;
        this.abrupt = abrupt;
        this.elec2 = elec2;
    }

    static Lives read() throws IOException {
        Path root = Path.of(System.getProperty("homeostat.root", "."));
        ModelSpec demo = ModelSpec.read(Files.readAllBytes(root.resolve(DEMO)));
        return new Lives(demo, LabelledStream.withKnownChanges(), LabelledStream.elec2());
    }

    /**
     * A life.
     *
     * @param stream one of {@link #STREAMS}
     * @param seed from 0
     */
    Life life(String stream, int seed) {
        return switch (stream) {
            case "demo" -> applicants(5, 2, seed);
            case "rules" -> {
                SplittableRandom random = new SplittableRandom(seed);
                int before = random.nextInt(1, 11);
                int after = random.nextInt(1, 10);
                yield applicants(before, after < before ? after : after + 1, seed);
            }
            case "abrupt" -> {
                LabelledStream chosen = abrupt.get(seed % abrupt.size());
                yield recorded(chosen, chosen.changes().get(seed / abrupt.size() % 3) - CHANGE, seed);
            }
            case "elec2" -> {
                int last = elec2.labels().size() - CHANGE - Life.SINCE - FRESH_RECORDED;
                yield recorded(elec2, seed % 20 * (last / 20), seed);
            }
            default -> throw new IllegalArgumentException(stream + " is none of " + STREAMS);
        };
    }

    private Life applicants(int ruleBefore, int ruleAfter, int seed) {
        AgrawalGenerator before = generator(ruleBefore, 2 * seed + 1);
        AgrawalGenerator after = generator(ruleAfter, 2 * seed + 2);
        List<String> names = List.copyOf(demo.features().keySet());
        return Life.of(
                spec(demo.features(), demo.positive(), seed),
                i -> applicant(i < CHANGE ? before : after, names),
                FRESH_GENERATED);
    }

    private static AgrawalGenerator generator(int rule, int seed) {
        AgrawalGenerator generator = new AgrawalGenerator();
        generator.functionOption.setValue(rule);
        generator.instanceRandomSeedOption.setValue(seed);
        generator.peturbFractionOption.setValue(PERTURBATION);
        generator.prepareForUse();
        return generator;
    }

    private Example applicant(AgrawalGenerator generator, List<String> names) {
        var instance = generator.nextInstance().getData();
        Map<String, Object> features = new LinkedHashMap<>();
        for (int f = 0; f < names.size(); f++) {
            double value = instance.value(f);
            boolean category = demo.features().get(names.get(f)) == FeatureKind.CATEGORICAL;
            features.put(names.get(f), category ? "c" + (int) value : (Object) value);
        }
        return new Example(features, instance.classValue() == 0 ? demo.positive() : "refused");
    }

    private Life recorded(LabelledStream stream, int from, int seed) {
        int[] categories = stream.categories();
        Map<String, FeatureKind> kinds = new LinkedHashMap<>();
        for (int f = 0; f < categories.length; f++) {
            kinds.put("x" + f, categories[f] > 0 ? FeatureKind.CATEGORICAL : FeatureKind.NUMERIC);
        }
        List<String> names = new ArrayList<>(kinds.keySet());
        return Life.of(
                spec(kinds, "1", seed),
                i -> {
                    double[] row = stream.features().get(from + i);
                    Map<String, Object> features = new LinkedHashMap<>();
                    for (int f = 0; f < row.length; f++) {
                        features.put(names.get(f), categories[f] > 0 ? "c" + (int) row[f] : (Object) row[f]);
                    }
                    return new Example(features, String.valueOf(stream.labels().get(from + i)));
                },
                FRESH_RECORDED);
    }

    private ModelSpec spec(Map<String, FeatureKind> features, String positive, int seed) {
        RetuneSpec as = demo.retune();
        RetuneSpec seeded = new RetuneSpec(
                as.trainer(),
                as.space(),
                as.objectives(),
                as.budget(),
                as.sampler(),
                as.transfer(),
                as.pruner(),
                as.snapshotRows(),
                (long) seed + 1,
                as.refitEvery());
        return new ModelSpec(
                demo.model(), TaskKind.BINARY, positive, null, features, demo.watch(), seeded, demo.rollout());
    }
}
