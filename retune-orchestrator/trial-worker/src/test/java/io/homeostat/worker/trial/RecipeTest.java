package io.homeostat.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.worker.History;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final ModelSpec SPEC = History.spec(400, "accuracy");

    @Test
    void ownParametersAreTakenOut() {
        // given
        // when
        Recipe recipe = Recipe.of(SPEC, Map.of("num_iterations", 30, "training_share", .25, "num_leaves", 8));
        // then
        assertThat(recipe).isEqualTo(new Recipe(30, .25, Map.of("num_leaves", 8)));
        assertThat(Recipe.of(SPEC, Map.of())).isEqualTo(new Recipe(100, 1, Map.of()));
    }

    @Test
    void wrongValuesAreErrorsWithTheirRange() {
        // given
        // when
        // then
        assertThatThrownBy(() -> Recipe.of(SPEC, Map.of("num_iterations", 0)))
                .hasMessage("parameters.num_iterations: 0.0 is outside 1 to 10000");
        assertThatThrownBy(() -> Recipe.of(SPEC, Map.of("training_share", 2)))
                .hasMessageContaining("training_share: 2.0");
        assertThatThrownBy(() -> Recipe.of(SPEC, Map.of("training_share", "all")))
                .hasMessageContaining("'all'");
    }
}
