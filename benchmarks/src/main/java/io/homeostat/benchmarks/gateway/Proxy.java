package io.homeostat.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A proxy with a weighted split over two servers, on the first processor. */
final class Proxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private Proxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    int port() {
        return port;
    }

    /** The processor time it and its workers have used. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** HAProxy, connections to servers kept and shared. */
    static Proxy haproxy(int stable, int candidate, int percent, Path directory)
            throws IOException, InterruptedException {
        int port = Ports.free();
        Path file = directory.resolve("haproxy.cfg");
        Files.writeString(file, """
                global
                  nbthread 1
                  maxconn 4000
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 60s
                  timeout server 60s
                  option http-keep-alive
                frontend in
                  bind 127.0.0.1:%d
                  default_backend models
                backend models
                  balance random
                  http-reuse always
                  server stable 127.0.0.1:%d weight %d
                  server candidate 127.0.0.1:%d weight %d
                """.formatted(port, stable, 100 - percent, candidate, percent));
        return started(List.of("haproxy", "-db", "-f", file.toString()), port, directory.resolve("haproxy.log"));
    }

    /** nginx, connections to servers kept. */
    static Proxy nginx(int stable, int candidate, int percent, Path directory)
            throws IOException, InterruptedException {
        int port = Ports.free();
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                events { worker_connections 4000; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_body_temp_path %1$s/nginx-body;
                  proxy_temp_path %1$s/nginx-proxy;
                  fastcgi_temp_path %1$s/nginx-fastcgi;
                  uwsgi_temp_path %1$s/nginx-uwsgi;
                  scgi_temp_path %1$s/nginx-scgi;
                  split_clients "$request_id" $models { %5$d%% candidate; * stable; }
                  upstream stable { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000000; }
                  upstream candidate { server 127.0.0.1:%4$d; keepalive 64; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%2$d;
                    location / {
                      proxy_pass http://$models;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      client_body_buffer_size 64k;
                    }
                  }
                }
                """.formatted(directory, port, stable, candidate, percent));
        return started(
                List.of(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString(),
                        "-e",
                        directory + "/nginx-error.log"),
                port,
                directory.resolve("nginx.log"));
    }

    private static Proxy started(List<String> command, int port, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Cores.first(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Ports.await(port, process, Duration.ofSeconds(10));
        return new Proxy(process, port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
