package io.homeostat.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    @Test
    void readsEveryDatatypeFlatAndNestedInAnyOrderOfFields() {
        // when
        InferRequest request = read("""
                {"id": "r1", "inputs": [
                  {"data": [[1.5], [2]], "datatype": "FP64", "shape": [2, 1], "name": "a"},
                  {"name": "b", "shape": [2], "datatype": "FP32", "data": [3, null]},
                  {"name": "c", "shape": [2], "datatype": "INT64", "data": [4, -4], "parameters": {"x": [1]}},
                  {"name": "d", "shape": [2], "datatype": "INT32", "data": [5, 6]},
                  {"name": "e", "shape": [2], "datatype": "BOOL", "data": [true, false]},
                  {"name": "f", "shape": [2], "datatype": "BYTES", "data": ["bmw", "vw"]}],
                 "outputs": [{"name": "score"}], "unknown": {"deep": [1, {"er": 2}]}}""");

        // then
        assertThat(request.id()).isEqualTo("r1");
        assertThat(request.rows()).isEqualTo(2);
        assertThat(request.row(0))
                .containsExactly(
                        entry("a", 1.5),
                        entry("b", 3.0),
                        entry("c", 4.0),
                        entry("d", 5.0),
                        entry("e", 1.0),
                        entry("f", "bmw"));
        assertThat(request.row(1).get("b")).isNull();
        assertThat(request.row(1)).containsKey("b").containsEntry("f", "vw");
        assertThat(request.wants("score")).isTrue();
        assertThat(request.wants("label")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64"
            })
    void readsEveryDatatypeOfNumbers(String datatype) {
        // when
        InferRequest request = read("{\"inputs\": [{\"name\": \"a\", \"shape\": [2], \"datatype\": \"" + datatype
                + "\", \"data\": [7, null]}]}");

        // then
        assertThat(request.row(0)).containsEntry("a", 7.0);
        assertThat(request.row(1)).containsEntry("a", null);
        assertThat(request.inputs().get(0).datatype().name()).isEqualTo(datatype);
    }

    @Test
    void readsWhatIsSaidOfTheRows() {
        // when
        RowIds one = read(withParameters("{\"unit_id\": \"u\", \"event_time\": \"2026-01-31T12:00:00Z\", \"k\": 1}"))
                .ids();
        RowIds each = read(withParameters("{\"unit_ids\": [\"u\", \"v\"], \"prediction_ids\": [\"p\", \"q\"],"
                        + " \"event_times\": [\"2026-01-31T12:00:00Z\", \"2026-01-31T13:00:00+01:00\"]}"))
                .ids();

        // then
        assertThat(one.unit(1)).contains("u");
        assertThat(one.time(1)).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(one.prediction(1)).isEmpty();
        assertThat(each.unit(1)).contains("v");
        assertThat(each.prediction(1)).contains("q");
        assertThat(each.time(1)).contains(Instant.parse("2026-01-31T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FP64  | ["x", 1]  | inputs[0] 'a'.data[0]: 'x' is not FP64; write a number like 1.5
            FP64  | [1, true] | inputs[0] 'a'.data[1]: true is not FP64; write a number like 1.5
            FP64  | [1, NaN]  | inputs[0] 'a'.data[1]: NaN is not a finite number; write null for a missing value
            FP64  | [1e999,1] | inputs[0] 'a'.data[0]: Infinity is not a finite number; write null for a missing value
            FP32  | [1e300,1] | inputs[0] 'a'.data[0]: 1.0E300 does not fit FP32
            INT64 | [1.5, 1]  | inputs[0] 'a'.data[0]: 1.5 is not INT64; write a whole number like 2
            INT32 | [1, 3000000000] | inputs[0] 'a'.data[1]: 3000000000 does not fit INT32
            BOOL  | [1, 0]    | inputs[0] 'a'.data[0]: 1 is not BOOL; write true or false
            BYTES | [1, "x"]  | inputs[0] 'a'.data[0]: 1 is not BYTES; write a text in quotes
            BYTES | [{}, "x"] | inputs[0] 'a'.data[0]: is an object; write a number, a text, true, false or null
            FP64  | [1]       | inputs[0] 'a'.shape: [2] does not fit the 1 values of data
            FP64  | 7         | inputs[0] 'a'.data: is not a list
            FP64  | [[[1,2]]] | inputs[0] 'a'.data: is nested deeper than its shape can be
            FP16  | [1, 65505] | inputs[0] 'a'.data[1]: 65505.0 does not fit FP16
            INT8  | [127, 128] | inputs[0] 'a'.data[1]: 128 does not fit INT8
            INT8  | [-128, -129] | inputs[0] 'a'.data[1]: -129 does not fit INT8
            INT64 | [9223372036854775807, 9223372036854775808] | inputs[0] 'a'.data[1]: 9223372036854775808 does not fit INT64
            UINT8 | [255, 256] | inputs[0] 'a'.data[1]: 256 does not fit UINT8
            UINT32 | [4294967295, -1] | inputs[0] 'a'.data[1]: -1 does not fit UINT32
            UINT64 | [18446744073709551615, 18446744073709551616] | inputs[0] 'a'.data[1]: 18446744073709551616 does not fit UINT64
            UINT64 | [1, 2.0] | inputs[0] 'a'.data[1]: 2.0 is not UINT64; write a whole number like 2
            INT7  | [1, 2]    | inputs[0] 'a'.datatype: 'INT7' is not a datatype known here: [BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES]
            """)
    void refusesAWrongValueSayingWhatAndWhere(String datatype, String data, String message) {
        refuses(
                "{\"inputs\": [{\"name\": \"a\", \"shape\": [2], \"datatype\": \"" + datatype + "\", \"data\": " + data
                        + "}]}",
                message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``       | body: is empty; write {"inputs": […]}
            []       | body: is not an object; write {"inputs": […]}
            {} {}    | inputs: is missing; send one tensor per feature
            {"inputs": []} | inputs: is missing; send one tensor per feature
            {"inputs": 3}  | inputs: is not a list of tensors
            {"inputs": [3]} | inputs[0]: is not a tensor; write {"name": …, "shape": …, "datatype": …, "data": …}
            {"id": 3}      | id: is not a text
            {"id": ""}     | id: is empty; leave it out or give it a text
            {"inputs": [{"shape": [1]}]} | inputs[0].name: is missing; a tensor is named like its feature
            {"inputs": [{"name": "a"}]} | inputs[0] 'a'.datatype: is missing; known: [BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES]
            {"inputs": [{"name": "a", "datatype": "FP64"}]} | inputs[0] 'a'.data: is missing
            {"inputs": [{"name": "a", "datatype": "FP64", "data": [1]}]} | inputs[0] 'a'.shape: is missing; write [1]
            {"inputs": [{"name": "a", "datatype": "FP64", "shape": [1, 2], "data": [1, 2]}]} | inputs[0] 'a'.shape: [1, 2] is not [n] or [n, 1] with n from 1 to 10000; send one tensor per feature
            {"inputs": [{"name": "a", "datatype": "FP64", "shape": [0], "data": []}]} | inputs[0] 'a'.shape: [0] is not [n] or [n, 1] with n from 1 to 10000; send one tensor per feature
            {"inputs": [{"name": "a", "shape": "x"}]} | inputs[0] 'a'.shape: is not a list of whole numbers like [1]
            {"outputs": [{"name": "x"}]} | outputs[0].name: 'x' is not one of label, score, probabilities
            {"parameters": []} | parameters: is not an object
            {"parameters": {"unit_id": 3}} | parameters.unit_id: is not a text
            {"parameters": {"event_time": "now"}} | parameters.event_time: 'now' is not a time like 2026-01-31T12:00:00Z
            """)
    void refusesAWrongFormSayingWhatAndWhere(String body, String message) {
        refuses(body, message);
    }

    @Test
    void refusesWhatIsNotJsonOrEndsTooEarlyOrGoesOn() {
        refuses("{\"inputs\": oops}", "body: is not JSON: ");
        refuses("{\"inputs\": [", "body: is not JSON: ");
        refuses(withParameters("{}") + "{}", "body: goes on after its end");
    }

    @Test
    void refusesListsThatDoNotFitTheRows() {
        refuses(withParameters("{\"prediction_ids\": [\"p\"]}"), "parameters.prediction_ids: has 1 entries for 2 rows");
        refuses(
                withParameters("{\"prediction_ids\": [\"p\", \"p\"]}"),
                "parameters.prediction_ids[1]: 'p' stands there twice; a label could not be joined");
        refuses(
                withParameters("{\"unit_ids\": [\"p\", \"p\", \"p\"]}"),
                "parameters.unit_ids: has 3 entries for 2 rows");
        refuses(
                "{\"inputs\": [" + tensor("a", 2) + "," + tensor("b", 1) + "]}",
                "inputs[1] 'b': has 1 rows, but inputs[0] 'a' has 2");
        refuses("{\"inputs\": [" + tensor("a", 1) + "," + tensor("a", 1) + "]}", "inputs[1] 'a': stands there twice");
    }

    @Test
    void takesTenThousandRowsAndRefusesOneMore() {
        assertThat(read("{\"inputs\": [" + tensor("a", 10_000) + "]}").rows()).isEqualTo(10_000);
        refuses(
                "{\"inputs\": [" + tensor("a", 10_001) + "]}",
                "inputs[0] 'a'.data: has more than 10000 values; send less rows");
    }

    @Test
    void takesIdsThatAllRowsCanBeCalledBy() {
        String longest = "i".repeat(256 - "-9999".length());
        String inputs = "\", \"inputs\": [" + tensor("a", 1) + "]}";
        assertThat(read("{\"id\": \"" + longest + inputs).id()).isEqualTo(longest);
        refuses("{\"id\": \"" + longest + "i" + inputs, "id: has 252 characters; at most 251 are taken");
    }

    private static java.util.Map.Entry<String, Object> entry(String name, Object value) {
        return java.util.Map.entry(name, value);
    }

    private static String withParameters(String parameters) {
        return "{\"parameters\": " + parameters + ", \"inputs\": [" + tensor("a", 2) + "]}";
    }

    private static String tensor(String name, int rows) {
        return "{\"name\": \"" + name + "\", \"shape\": [" + rows + "], \"datatype\": \"FP64\", \"data\": ["
                + String.join(",", java.util.Collections.nCopies(rows, "1.0")) + "]}";
    }

    private static void refuses(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageStartingWith(message);
    }

    private static InferRequest read(String body) {
        return RequestReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
