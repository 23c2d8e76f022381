package io.homeostat.backbone.topology;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that leaves some topics unread for as long as a condition says so, and then reads them from where it is: from
 * their beginning, if nothing of them was read before. It pauses their partitions, keeps whoever uses it from resuming them, and
 * says that they have no lag, for Kafka Streams waits for records of a partition that has one before it hands on another's.
 * Used by one thread, like any consumer.
 */
final class HoldingConsumer implements InvocationHandler {
    private final Consumer<byte[], byte[]> consumer;
    private final Predicate<String> holds;
    private final Set<TopicPartition> held = new HashSet<>();
    private final Set<TopicPartition> pausedByUser = new HashSet<>();

    private HoldingConsumer(Consumer<byte[], byte[]> consumer, Predicate<String> holds) {
        this.consumer = consumer;
        this.holds = holds;
    }

    /**
     * A consumer that does what another does, but for topics that are held.
     *
     * @param holds whether a topic is left unread now; asked before every poll
     */
    @SuppressWarnings("unchecked") // a proxy knows no type arguments
    static Consumer<byte[], byte[]> of(Consumer<byte[], byte[]> consumer, Predicate<String> holds) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, new HoldingConsumer(consumer, holds));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "poll" -> holdAndRelease();
            case "pause" -> pausedByUser.addAll(partitions(arguments));
            case "resume" -> {
                resume(partitions(arguments));
                return null;
            }
            case "currentLag" -> {
                if (arguments != null && held.contains((TopicPartition) arguments[0])) {
                    return OptionalLong.of(0);
                }
            }
            default -> {
                // as it is
            }
        }
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @SuppressWarnings("unchecked") // the only argument of pause and resume
    private static Collection<TopicPartition> partitions(Object @Nullable [] arguments) {
        return arguments == null ? List.of() : (Collection<TopicPartition>) arguments[0];
    }

    private void resume(Collection<TopicPartition> partitions) {
        pausedByUser.removeAll(partitions);
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeIf(partition -> holds.test(partition.topic()));
        consumer.resume(free);
    }

    private void holdAndRelease() {
        Set<TopicPartition> assigned = consumer.assignment();
        held.retainAll(assigned);
        pausedByUser.retainAll(assigned);
        Set<TopicPartition> wanted = new HashSet<>(assigned);
        wanted.removeIf(partition -> !holds.test(partition.topic()));
        consumer.pause(wanted);
        Set<TopicPartition> released = new HashSet<>(held);
        released.removeAll(wanted);
        released.removeAll(pausedByUser);
        consumer.resume(released);
        held.clear();
        held.addAll(wanted);
    }
}
