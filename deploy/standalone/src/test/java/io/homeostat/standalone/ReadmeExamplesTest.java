package io.homeostat.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of a module's README is what the module's own ReadmeTest compiles and runs, between two marks. */
class ReadmeExamplesTest {
    private static final String BEGIN = "// example:start\n";
    private static final String END = "// example:end\n";

    static List<Path> readmes() throws IOException {
        try (Stream<Path> files = Files.find(Path.of("../.."), 3, (file, is) -> file.endsWith("README.md"))) {
            return files.filter(file -> read(file).contains("```java")).sorted().toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static String test(Path module) throws IOException {
        try (Stream<Path> files =
                Files.find(module.resolve("src/test/java"), 20, (file, is) -> file.endsWith("ReadmeTest.java"))) {
            return read(files.findFirst()
                    .orElseThrow(() -> new AssertionError(module + " has no ReadmeTest that runs its README's Java")));
        }
    }

    @ParameterizedTest
    @MethodSource("readmes")
    void areRun(Path readme) throws IOException {
        // given
        String source = test(readme.resolveSibling(""));

        // when
        String example = source.substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf(END));

        // then
        assertThat(read(readme))
                .containsOnlyOnce("```java")
                .contains("```java\n" + example.stripIndent().strip() + "\n```");
    }
}
