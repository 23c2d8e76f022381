package io.homeostat.benchmarks.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends requests at a fixed rate, whatever becomes of them, over kept connections. A request's latency counts from when it
 * was to be sent, not from when a connection was free for it, so a server that stops for a while is not spared the requests
 * of that while (coordinated omission). One thread sends, one receives.
 */
final class OpenLoop {
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final InetSocketAddress server;
    private final IntFunction<byte[]> requests;
    private final Listener listener;
    private final LinkedBlockingQueue<Connection> free = new LinkedBlockingQueue<>();

    /** What hears of every answer; called on one thread. */
    @FunctionalInterface
    interface Listener {
        /**
         * A request has ended.
         *
         * @param index its number
         * @param latencyNanos since it was to be sent
         * @param status of HTTP; 0 when the connection failed
         * @param body the answer's bytes, from its first header on; valid during the call
         */
        void answered(int index, long latencyNanos, int status, ByteBuffer body);
    }

    /** @param requests the bytes of each request, headers and all, by its number */
    OpenLoop(int port, IntFunction<byte[]> requests, Listener listener) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.requests = requests;
        this.listener = listener;
    }

    /** The bytes of a request for predictions. */
    static byte[] post(String path, String body) {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + json.length)
                .put(head)
                .put(json)
                .array();
    }

    /**
     * Sends them all and waits for the answers.
     *
     * @param count how many
     * @param perSecond how often
     * @param connections open at once
     */
    void run(int count, double perSecond, int connections) throws IOException, InterruptedException {
        try (Selector selector = Selector.open()) {
            CountDownLatch left = new CountDownLatch(count);
            for (int i = 0; i < connections; i++) {
                Connection connection = new Connection(selector, left);
                connection.open();
                free.add(connection);
            }
            Thread receiver = new Thread(() -> receive(selector), "receiver");
            receiver.setDaemon(true);
            receiver.start();
            send(count, 1e9 / perSecond);
            if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        left.getCount() + " requests have had no answer after " + PATIENCE_SECONDS + " s");
            }
            receiver.interrupt();
            receiver.join();
            for (Connection connection : free) {
                connection.channel.close();
            }
        }
    }

    private void send(int count, double intervalNanos) throws InterruptedException {
        long start = System.nanoTime() + 10_000_000;
        for (int i = 0; i < count; i++) {
            byte[] bytes = requests.apply(i);
            long due = start + (long) (i * intervalNanos);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            free.take().send(i, due, bytes);
        }
    }

    private void receive(Selector selector) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(key -> ((Connection) key.attachment()).read());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Connection {
        private final Selector selector;
        private final CountDownLatch left;
        private final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES);

        @SuppressWarnings("NullAway.Init")
        private SocketChannel channel;

        private volatile int index = -1;
        private volatile long dueNanos;

        private Connection(Selector selector, CountDownLatch left) {
            this.selector = selector;
            this.left = left;
        }

        private void open() throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void send(int number, long due, byte[] bytes) {
            index = number;
            dueNanos = due;
            ByteBuffer out = ByteBuffer.wrap(bytes);
            try {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException closed) {
                // the receiver hears of it, too
            }
        }

        private void read() {
            try {
                int got = channel.read(in);
                if (got < 0) {
                    fail();
                } else if (complete()) {
                    end(status());
                }
            } catch (IOException e) {
                fail();
            }
        }

        private boolean complete() {
            int head = headEnd();
            return head > 0 && in.position() >= head + contentLength(head);
        }

        private int headEnd() {
            for (int i = 3; i < in.position(); i++) {
                if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int contentLength(int head) {
            String headers = new String(in.array(), 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            int at = headers.indexOf("content-length:");
            if (at < 0) {
                throw new IllegalStateException("an answer without its length: " + headers);
            }
            return Integer.parseInt(
                    headers.substring(at + 15, headers.indexOf('\r', at)).strip());
        }

        private int status() {
            return (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
        }

        private void fail() {
            if (index >= 0) {
                end(0);
            }
            try {
                channel.close();
                open();
            } catch (IOException e) {
                throw new IllegalStateException("no new connection to " + server, e);
            }
        }

        private void end(int status) {
            listener.answered(index, System.nanoTime() - dueNanos, status, in.flip());
            in.clear();
            index = -1;
            left.countDown();
            free.add(this);
        }
    }
}
