package io.homeostat.backbone.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.Base64Variants;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void ignoresUnknownFields() {
        LabelEvent label = read(
                "{'predictionId':'p','model':'m','label':1,'labelTime':'2026-01-01T00:00:00Z','colour':'red'}",
                LabelEvent.class);
        assertThat(label.labelText()).isEqualTo("1");
    }

    @Test
    void bytesAreTheTextThatJacksonWrites() {
        Random random = new Random(1);
        for (int size = 1; size < 100; size++) {
            // given
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            // when
            String text = Json.text(new ReferenceEvent("m", "v1", Instant.EPOCH, 1, bytes));
            // then
            assertThat(text).contains('"' + Base64Variants.getDefaultVariant().encode(bytes) + '"');
            assertThat(read(text, ReferenceEvent.class).profile()).isEqualTo(bytes);
        }
        assertThatThrownBy(() -> read(
                        "{'model':'m','modelVersion':'v','at':'2026-01-01T00:00:00Z','rows':1,'profile':'A*=='}",
                        ReferenceEvent.class))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("profile")
                .hasMessageContaining("'*'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | is not JSON",
                "{'model':'m','eventTime':'2026-01-01T00:00:00Z','features':{}} | predictionId: is missing",
                "{'predictionId':'p','model':'m','eventTime':'yesterday','features':{}} | eventTime: 'yesterday' is not a time like 2026-01-31T12:00:00Z",
                "{'predictionId':'p','model':'m','eventTime':'2026-01-01T00:00:00Z','features':{'a':NaN}} | features.a: NaN is not a finite number",
                "{'predictionId':'p','model':'m','eventTime':'2026-01-01T00:00:00Z','features':{'a':[1]}} | features.a: is neither a number nor a text: [1]",
                "{'predictionId':'p','model':'m','eventTime':'2026-01-01T00:00:00Z','features':{},'answer':{'modelVersion':'v','score':Infinity}} | answer.score: Infinity is not a finite number",
                "{'predictionId':'p','model':'m','eventTime':'2026-01-01T00:00:00Z','features':{},'bucket':10000} | bucket: 10000 is outside 0 to 9999",
                "{'predictionId':'p','model':'m/n','eventTime':'2026-01-01T00:00:00Z','features':{}} | model: 'm/n' is not a name"
            })
    void saysWhereAndWhatIsWrong(String json, String problem) {
        assertThatThrownBy(() -> read(json, PredictionEvent.class))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void aMissingNumberIsNotZero() {
        assertThatThrownBy(() -> read(
                        "{'model':'m','at':'2026-01-01T00:00:00Z','champion':{'version':'v1','artifact':{'sha256':'"
                                + "ab".repeat(32)
                                + "','format':'f','sizeBytes':1}},'challengerPercent':0,'shadow':false,'reason':'r'}",
                        Route.class))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("revision");
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void aReferenceOfBeforeThereWereLearnedOnesCameWithItsVersion() {
        String before =
                "{\"model\":\"m\",\"modelVersion\":\"v1\",\"at\":\"2026-01-31T12:00:00Z\",\"rows\":3,\"profile\":\"AQ==\"}";
        ReferenceEvent event = Json.read(before.getBytes(StandardCharsets.UTF_8), ReferenceEvent.class);
        assertThat(event.key()).isEqualTo("m/v1");
    }
}
