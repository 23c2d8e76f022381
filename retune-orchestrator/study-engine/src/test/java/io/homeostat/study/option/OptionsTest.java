package io.homeostat.study.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void aNameStandsAloneOrWithItsOptions() {
        assertThat(SamplerSpec.parse("TPE")).isEqualTo(new SamplerSpec("tpe", Map.of()));
        assertThat(SamplerSpec.parse("tpe").toPlain()).isEqualTo("tpe");
        Map<String, Object> written = Map.of("tpe", Map.of("candidates", 48));
        assertThat(SamplerSpec.parse(written)).isEqualTo(new SamplerSpec("tpe", Map.of("candidates", 48)));
        assertThat(SamplerSpec.parse(written).toPlain()).isEqualTo(written);
        assertThat(PrunerSpec.parse(Map.of("median", Map.of("warmupSteps", 3))).options())
                .containsEntry("warmupSteps", 3);
    }

    @Test
    void everyRegisteredNameHasDefaults() {
        assertThat(SamplerSpec.names()).contains("auto", "random", "tpe").isSorted();
        assertThat(PrunerSpec.names()).contains("auto", "median", "never").isSorted();
        SamplerSpec.names()
                .forEach(name -> assertThat(SamplerSpec.parse(name).sampler()).isNotNull());
        PrunerSpec.names()
                .forEach(name -> assertThat(PrunerSpec.parse(name).pruner()).isNotNull());
    }

    @Test
    void aMistakeIsNamedWithItsPath() {
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("tpe", Map.of("candidate", 48))))
                .hasMessageStartingWith("sampler.tpe.candidate: is not known. Known here: candidates, ");
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("random", Map.of("x", 1))))
                .hasMessage("sampler.random.x: is not known. It has none.");
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("tpe", Map.of("candidates", 0))))
                .hasMessage("sampler.tpe.candidates: 0 is not in [1, 10000].");
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("tpe", Map.of("candidates", "many"))))
                .hasMessage("sampler.tpe.candidates: many is not a whole number.");
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("tpe", Map.of(), "random", Map.of())))
                .hasMessageStartingWith("sampler: ")
                .hasMessageEndingWith("Write NAME or {NAME: {OPTION: VALUE}}.");
        assertThatThrownBy(() -> PrunerSpec.parse(7))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("pruner: 7 is not a name");
    }

    @Test
    void optionsHaveDefaultsAndBounds() {
        // given
        Options options = new Options("p", Map.of("share", 0.5, "fast", true, "kind", "b"));

        // when / then
        assertThat(options.number("share", 1, 0, 1)).isEqualTo(0.5);
        assertThat(options.number("other", 0.25, 0, 1)).isEqualTo(0.25);
        assertThat(options.flag("fast", false)).isTrue();
        assertThat(options.word("kind", "a", List.of("a", "b"))).isEqualTo("b");
        assertThatThrownBy(() -> options.number("share", 1, 0.6, 1)).hasMessage("p.share: 0.5 is not in [0.6, 1.0].");
        assertThatThrownBy(() -> options.flag("kind", true)).hasMessage("p.kind: b is not true or false.");
        assertThatThrownBy(() -> options.word("kind", "a", List.of("a", "c")))
                .hasMessage("p.kind: b is not one of a, c.");
        options.done();
    }
}
