package io.homeostat.benchmarks.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small model server that speaks the Open Inference Protocol v2, in a process of its own: a logistic function of the sum
 * of its numbers. It may be told to misbehave on a share of the requests, and ends with whoever started it.
 */
final class ModelServer implements AutoCloseable {
    private static final String READY = "model server on ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final int port;

    private ModelServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** How it misbehaves. */
    enum Fault {
        NONE,
        /** Answers 500. */
        ERRORS,
        /** Answers what is no answer. */
        RUBBISH,
        /** Answers after 200 ms. */
        SLOW,
        /** Never answers. */
        HANGS,
        /** Closes the connection. */
        DIES
    }

    static ModelServer start() throws IOException {
        Process process = new ProcessBuilder(Cores.others(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dvertx.disableFileCPResolving=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ModelServer.class.getName())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new ModelServer(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("the model server's process ended before it was ready");
    }

    int port() {
        return port;
    }

    /** Lets it misbehave on a share of the requests from now on. */
    void misbehave(Fault fault, double share) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(fault + " " + share + "\n")
                .flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The server's process. It runs until its standard input ends, and reads faults from it. */
    public static void main(String[] args) throws Exception {
        Behaviour behaviour = new Behaviour();
        Vertx vertx = Vertx.vertx();
        int port = vertx.createHttpServer()
                .requestHandler(request -> behaviour.answer(vertx, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        System.out.println(READY + port);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            behaviour.share = Double.parseDouble(words[1]);
            behaviour.fault = Fault.valueOf(words[0]);
        }
        Runtime.getRuntime().halt(0);
    }

    private static final class Behaviour {
        private volatile Fault fault = Fault.NONE;
        private volatile double share;

        private void answer(Vertx vertx, HttpServerRequest request) {
            if (request.method().name().equals("GET")) {
                request.response().end();
                return;
            }
            boolean faulty = fault != Fault.NONE && ThreadLocalRandom.current().nextDouble() < share;
            switch (faulty ? fault : Fault.NONE) {
                case NONE -> request.bodyHandler(body -> respond(request, body));
                case ERRORS ->
                    request.bodyHandler(
                            body -> request.response().setStatusCode(500).end());
                case RUBBISH -> request.bodyHandler(body -> request.response().end("{\"outputs\": \"rubbish\"}"));
                case SLOW -> request.bodyHandler(body -> vertx.setTimer(200, late -> respond(request, body)));
                case HANGS -> {}
                case DIES -> request.connection().close();
            }
        }

        private static void respond(HttpServerRequest request, Buffer body) {
            try {
                double sum = 0;
                for (JsonNode tensor : JSON.readTree(body.getBytes()).path("inputs")) {
                    sum += tensor.path("data").path(0).asDouble();
                }
                request.response()
                        .putHeader("content-type", "application/json")
                        .end(String.format(
                                Locale.ROOT,
                                "{\"model_name\":\"loans\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"probability\","
                                        + "\"shape\":[1],\"datatype\":\"FP64\",\"data\":[%s]}]}",
                                1 / (1 + Math.exp(-sum))));
            } catch (IOException e) {
                request.response().setStatusCode(400).end();
            }
        }
    }
}
