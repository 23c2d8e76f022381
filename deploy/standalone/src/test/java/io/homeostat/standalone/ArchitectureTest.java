package io.homeostat.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The design's rules on who may use whom, over all modules. */
@AnalyzeClasses(packages = "io.homeostat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.homeostat.drift.statistics..", "io.homeostat.study..", "io.homeostat.meta..", "io.homeostat.rollout.."
    };
    private static final String[] APPS = {
        "io.homeostat.detector..",
        "io.homeostat.retune..",
        "io.homeostat.worker..",
        "io.homeostat.metastore..",
        "io.homeostat.deployer..",
        "io.homeostat.gateway.."
    };

    @ArchTest
    static final ArchRule pureModulesUseTheJdkAndMathOnly = classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.apache.commons.math3..",
                    "io.homeostat.drift.statistics..",
                    "io.homeostat.study..",
                    "io.homeostat.meta..",
                    "io.homeostat.rollout..");

    @ArchTest
    static final ArchRule pureModulesHaveNoClockNoIoAndNoHiddenRandomness = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..");

    @ArchTest
    static void appsNeverDependOnApps(JavaClasses all) {
        for (String app : APPS) {
            for (String other : APPS) {
                if (!app.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(app)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .check(all);
                }
            }
        }
    }

    @ArchTest
    static final ArchRule theBackboneKnowsNoApp = noClasses()
            .that()
            .resideInAPackage("io.homeostat.backbone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(APPS);

    @ArchTest
    static final ArchRule packagesOfAnAppFollowTheWayOfTheData = slices().matching(
                    "io.homeostat.(detector|retune|worker|metastore|deployer|gateway|study|rollout|meta).(*)..")
            .namingSlices("$1.$2")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule theDetectorsOrder = noClasses()
            .that()
            .resideInAPackage("io.homeostat.detector.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.homeostat.detector.join..",
                    "io.homeostat.detector.profile..",
                    "io.homeostat.detector.detect..");
}
