package io.homeostat.backbone.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.spec.TaskKind;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import java.lang.reflect.Parameter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestParametersTest {
    private static final Map<String, Parameter> PARAMETERS = Arrays.stream(Endpoint.class.getDeclaredMethods())
            .flatMap(method -> Arrays.stream(method.getParameters()))
            .collect(Collectors.toMap(each -> each.getType().getSimpleName(), each -> each));

    /** As a resource declares it. */
    interface Endpoint {
        void ask(
                @QueryParam("limit") @Within(low = 1, high = 9) int limit,
                @QueryParam("number") Integer number,
                @QueryParam("drifted") boolean drifted,
                @QueryParam("flag") Boolean flag,
                @QueryParam("since") Instant since,
                @PathParam("task") TaskKind task,
                @QueryParam("model") String model,
                long ofNoName);
    }

    private static @Nullable ParamConverter<?> converter(String type) {
        Parameter parameter = PARAMETERS.get(type);
        return new RequestParameters()
                .getConverter(parameter.getType(), parameter.getParameterizedType(), parameter.getAnnotations());
    }

    private static Object read(String type, String text) {
        return converter(type).fromString(text);
    }

    private static void refused(String name, Class<?> type, @Nullable Within within, String text, String message) {
        RequestParameters.Reading reading =
                RequestParameters.reading(name, type, within).orElseThrow();
        assertThatThrownBy(() -> reading.of(text)).hasMessage(message);
    }

    @Test
    void readsWhatIsAllowed() {
        assertThat(read("int", "9")).isEqualTo(9);
        assertThat(read("Integer", "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(read("boolean", "true")).isEqualTo(true);
        assertThat(read("Boolean", "false")).isEqualTo(false);
        assertThat(read("Instant", "2026-01-31T12:00:00Z")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(read("TaskKind", "binary")).isEqualTo(TaskKind.BINARY);
        assertThat(read("TaskKind", "Binary")).isEqualTo(TaskKind.BINARY);
    }

    @Test
    void whatIsLeftOutStaysSo() {
        assertThat(read("Integer", null)).isNull();
        assertThat(read("Instant", null)).isNull();
    }

    @Test
    void saysTheNameTheValueAndWhatIsAllowed() {
        Within within = PARAMETERS.get("int").getAnnotation(Within.class);
        for (String text : new String[] {"many", "0", "10", "", "1.5", "99999999999"}) {
            refused("limit", int.class, within, text, "limit: '" + text + "' is not a whole number from 1 to 9");
        }
        refused("flag", Boolean.class, null, "yes", "flag: 'yes' is not true or false");
        refused(
                "since",
                Instant.class,
                null,
                "noon",
                "since: 'noon' is not a time; write one like 2026-01-31T12:00:00Z");
        refused("task", TaskKind.class, null, "magic", "task: 'magic' is not one of binary, multiclass, regression");
    }

    @Test
    void leavesEverythingElseAlone() {
        assertThat(converter("String")).isNull();
        assertThat(converter("long")).isNull();
    }
}
