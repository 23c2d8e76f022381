package io.homeostat.standalone.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {
    @TempDir
    Path folder;

    @Test
    void readsCsvWithQuotesAndMissingFields() throws IOException {
        DataFile file = DataFile.open(write("a.csv", "x,name,y\n1,\"a, b\",up\n,?,down\n"));

        assertThat(file.columns()).containsExactly("x", "name", "y");
        assertThat(rows(file)).containsExactly(List.of("1", "a, b", "up"), java.util.Arrays.asList(null, null, "down"));
    }

    @Test
    void readsCsvAsOtherProgramsWriteIt() throws IOException {
        // a mark at its beginning, semicolons, apostrophes and inches inside of fields, and names for what is missing
        DataFile file =
                DataFile.open(write("e.csv", "\uFEFFx;name;y\n1,5;O'Brien;\"up; \"\"high\"\"\"\nNA;5\" nail;NaN\n"));

        assertThat(file.columns()).containsExactly("x", "name", "y");
        assertThat(rows(file))
                .containsExactly(
                        List.of("1,5", "O'Brien", "up; \"high\""), java.util.Arrays.asList(null, "5\" nail", null));
        assertThat(DataFile.open(write("f.csv", "x\ty\tz, w\n")).columns()).containsExactly("x", "y", "z, w");
    }

    @Test
    void readsGzippedArff() throws IOException {
        Path path = folder.resolve("a.arff.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("""
                    % a comment
                    @relation r
                    @attribute 'the date' real
                    @attribute day {1,2}
                    @attribute class {UP,DOWN}
                    @data
                    0.1,1,UP
                    % another
                    0.2,2,DOWN
                    """.getBytes(StandardCharsets.UTF_8));
        }

        DataFile file = DataFile.open(path);

        assertThat(file.columns()).containsExactly("the date", "day", "class");
        assertThat(file.isNominal("day")).isTrue();
        assertThat(rows(file)).hasSize(2);
        Columns columns = Columns.learn(file, "class", 100);
        assertThat(columns.clocks()).containsExactly("the date");
        assertThat(columns.features()).containsOnlyKeys("day").containsValue(FeatureKind.CATEGORICAL);
        assertThat(columns.task()).isEqualTo(TaskKind.BINARY);
        assertThat(columns.positive()).isEqualTo("UP");
    }

    @Test
    void saysWhichLineIsMalformed() throws IOException {
        DataFile file = DataFile.open(write("b.csv", "x,y\n1,2\n3\n"));

        assertThatThrownBy(() -> rows(file)).hasMessageContaining("line 3 has 1 fields, the header 2");
    }

    @Test
    void saysWhichColumnsThereAre() throws IOException {
        DataFile file = DataFile.open(write("c.csv", "x,y\n1,2\n"));

        assertThatThrownBy(() -> Columns.learn(file, "z", 10))
                .hasMessage("--label: the file has no column 'z'; it has x, y");
    }

    @Test
    void tellsRegressionFromClasses() throws IOException {
        StringBuilder text = new StringBuilder("x,y,c\n");
        for (int i = 0; i < 100; i++) {
            text.append(i % 7)
                    .append(',')
                    .append(i * 1.37)
                    .append(',')
                    .append(i % 3)
                    .append('\n');
        }
        DataFile file = DataFile.open(write("d.csv", text.toString()));

        assertThat(Columns.learn(file, "y", 100).task()).isEqualTo(TaskKind.REGRESSION);
        assertThat(Columns.learn(file, "c", 100).task()).isEqualTo(TaskKind.MULTICLASS);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<List<String>> rows(DataFile file) {
        List<List<String>> rows = new ArrayList<>();
        file.forEach((row, fields) -> rows.add(new ArrayList<>(fields)));
        return rows;
    }
}
