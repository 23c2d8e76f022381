package io.homeostat.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSpecTest {
    private static final String MODEL = "{model: loans, task: binary, features: {a: numeric}, targets: [%s]%s}";
    private static final String HTTP_ROUTE =
            "{httpRoute: {namespace: models, name: loans, service: 'loans-{version}', deployment: 'loans-{version}'}}";
    private static final String KSERVE =
            "{kserve: {namespace: models, name: loans, storageUri: 's3://m/{sha256}', mode: standard}}";

    private static ModelSpec read(String targets, String more) {
        return ModelSpec.read(MODEL.formatted(targets, more).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void targetsHaveNamesAndDefaults() {
        ModelSpec spec = read(
                String.join(
                        ", ",
                        "{gateway: {}}",
                        HTTP_ROUTE,
                        KSERVE,
                        "{webhook: {name: router}}",
                        "{mlflow: {model: loans}}"),
                "");
        assertThat(spec.targets())
                .extracting(TargetSpec::id)
                .containsExactly(
                        "gateway", "httpRoute:models/loans", "kserve:models/loans", "webhook:router", "mlflow:loans");
        assertThat(spec.targets().get(1).httpRoute())
                .isEqualTo(new TargetSpec.HttpRoute(
                        "models", "loans", "loans-{version}", 8080, "loans-{version}", 1, false));
        assertThat(spec.targets().get(4).mlflow().champion()).isEqualTo("champion");
        assertThat(Json.read(Json.bytes(spec), ModelSpec.class)).isEqualTo(spec);
    }

    @Test
    void withoutTargetsOurGatewaysServe() {
        assertThat(read("", "").targets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                     | targets[0]: a target is exactly one of
                    {gateway: {}, webhook: {name: x}}                                      | targets[0]: a target is exactly one of
                    {webhok: {name: x}}                                                    | unknown key 'webhok'; did you mean 'webhook'?
                    {httpRoute: {namespace: m, name: l, service: loans}}                   | targets[0].httpRoute.service: 'loans' is the same for every version
                    {httpRoute: {namespace: m, name: l, service: 'l-{version}', port: 0}}  | targets[0].httpRoute.port: 0 is outside
                    {httpRoute: {name: l, service: 'l-{version}'}}                         | targets[0].httpRoute.namespace: is missing
                    {kserve: {namespace: m, name: l, storageUri: 's3://m'}}                | targets[0].kserve.storageUri: 's3://m' is the same for every version
                    {mlflow: {model: l, champion: a, challenger: a}}                       | targets[0].mlflow.challenger: 'a' is the champion's alias, too
                    {gateway: {}}, {gateway: {}}                                           | targets[1]: 'gateway' is named twice
                    """)
    void whatCannotBeIsRefusedWithItsPath(String targets, String problem) {
        assertThatThrownBy(() -> read(targets, ""))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void kserveKnowsWholePercentsOnly() {
        assertThat(read(KSERVE, ", rollout: {steps: [canary: 5%]}").targets()).hasSize(1);
        assertThatThrownBy(() -> read(KSERVE, ", rollout: {steps: [shadow: 1m, canary: 2.5%]}"))
                .hasMessageContaining("rollout.steps[1]: 2.5 % is not a whole percent");
    }
}
