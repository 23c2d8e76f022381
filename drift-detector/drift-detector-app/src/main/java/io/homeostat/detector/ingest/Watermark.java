package io.homeostat.detector.ingest;

import io.homeostat.backbone.topology.Progress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the event time of a model has come, where several partitions tell of it. Who reads what has piled up reads one
 * partition ahead of another by hours, so a model's time is that of the <b>slowest</b> partition: what another one is ahead
 * is still to come from that one.
 *
 * <p>A partition of which nothing was read for two to three times the patience is quiet, and not waited for; its own time is
 * remembered. Patience is measured by when records were read, which is noted on them ({@link Progress}), and not by the wall
 * clock: who reads the same records again comes to the same times.
 */
public final class Watermark {
    /** Before anything was seen. */
    public static final long UNSEEN = Long.MIN_VALUE;

    /** The most partitions that are told apart; further ones count as one, of which nothing is late. */
    static final int MOST = 1_000;

    private static final String OTHERS = "others";
    private static final int QUIET = 3; // rounds; one ends as soon as something is read after a stop

    private final TreeMap<String, Partition> partitions = new TreeMap<>();

    /**
     * Those that are not quiet, the slowest first by where each was when it was put in. As none goes back, only the first has to be
     * looked at: most records are of the slowest, where partitions are read in turn, and a look at all of hundreds takes longer
     * than the rest of an event.
     */
    private final PriorityQueue<Partition> heard = new PriorityQueue<>(Comparator.comparingLong(p -> p.queuedAt));

    private long newest = UNSEEN;
    private long slowest = UNSEEN;
    private long before = UNSEEN; // the newest when the last round began
    private long mark = UNSEEN; // the newest when this round began
    private long roundBeganAt = UNSEEN;
    private long readAt = UNSEEN;
    private boolean waitsForTheFirst;

    // by the wall clock, since the state was read
    private long heardAt = UNSEEN;
    private long passedTo = UNSEEN;

    private @Nullable String lastName;
    private Partition last = new Partition(); // most records are of the same as the one before
    private boolean lastIsOfOthers;

    private static final class Partition {
        private long newest = UNSEEN;
        private int rounds; // in which nothing was read of it
        private boolean changed;
        private long queuedAt;

        boolean isQuiet() {
            return rounds >= QUIET;
        }
    }

    /** One of which only is known how far it had come. */
    public static Watermark at(long millis) {
        Watermark watermark = new Watermark();
        watermark.newest = millis;
        watermark.before = millis;
        watermark.mark = millis;
        return watermark;
    }

    /**
     * A record was read. One that has no note of when was read by a task of one partition, which waits for no other.
     *
     * @param progress what is noted on it
     * @param nowMillis the wall clock
     * @param patienceMillis how long others are waited for that lag, or were not heard of yet; 0 not to wait
     */
    public void saw(Progress progress, long nowMillis, long patienceMillis) {
        heardAt = nowMillis;
        passedTo = nowMillis;
        if (readAt > nowMillis) { // was kept by a process whose clock is ahead: its time need not be waited for
            readAt = nowMillis;
            roundBeganAt = Math.min(roundBeganAt, nowMillis);
        }
        String name = progress.partition();
        Partition of = name.equals(lastName) ? last : find(name);
        boolean isBack = of.isQuiet();
        boolean moves = isBack || of.newest <= slowest;
        of.newest = Math.max(of.newest, progress.millis());
        of.rounds = 0;
        if (isBack) {
            enqueue(of);
        }
        of.changed = true;
        newest = Math.max(newest, progress.eventMillis());
        if (progress.readAtMillis() != Progress.NEVER) {
            moves |= wasRead(progress.readAtMillis(), patienceMillis);
            // that another one has reached the present says nothing of those that were not heard of
            waitsForTheFirst |= mark == UNSEEN && of.newest < readAt - patienceMillis;
        }
        if (moves) {
            findSlowest();
        }
    }

    private void findSlowest() {
        Partition first = heard.peek();
        while (first != null && first.queuedAt < first.newest) {
            heard.remove();
            enqueue(first);
            first = heard.peek();
        }
        slowest = first == null ? newest : first.newest;
    }

    private void enqueue(Partition partition) {
        partition.queuedAt = partition.newest;
        heard.add(partition);
    }

    private void enqueueAll() {
        heard.clear();
        for (Partition each : partitions.values()) {
            if (!each.isQuiet()) {
                enqueue(each);
            }
        }
    }

    private Partition find(String partition) {
        String name = partitions.size() < MOST || partitions.containsKey(partition) ? partition : OTHERS;
        Partition known = partitions.get(name);
        if (known == null) {
            known = new Partition();
            partitions.put(name, known);
            enqueue(known);
        }
        last = known;
        lastName = partition;
        lastIsOfOthers = name.equals(OTHERS);
        return last;
    }

    /**
     * Time goes on where nothing was read for at least the patience: as if something that tells nothing new was read now.
     *
     * @param nowMillis the wall clock; only how far it has gone on counts, as that of who has read may be another one
     * @return whether nothing was read for so long
     */
    public boolean passed(long nowMillis, long patienceMillis) {
        if (heardAt == UNSEEN) {
            heardAt = nowMillis;
            passedTo = nowMillis;
        }
        if (nowMillis - heardAt < patienceMillis) {
            return false;
        }
        long readNow = readAt == UNSEEN ? nowMillis : readAt + nowMillis - passedTo;
        passedTo = nowMillis;
        if (wasRead(readNow, patienceMillis)) {
            findSlowest();
        }
        return true;
    }

    /** Whether a round has ended. */
    private boolean wasRead(long readAtMillis, long patienceMillis) {
        readAt = Math.max(readAt, readAtMillis);
        if (roundBeganAt == UNSEEN) {
            roundBeganAt = readAt;
        }
        boolean ends = readAt - roundBeganAt >= patienceMillis;
        if (ends) {
            before = mark;
            mark = newest;
            roundBeganAt = readAt;
            waitsForTheFirst = false;
            for (Partition each : partitions.values()) {
                each.rounds = Math.min(QUIET, each.rounds + 1);
                each.changed = true;
            }
            enqueueAll();
        }
        return ends;
    }

    /**
     * Whether a model's past has just begun to be read, so that there may be partitions that were not heard of: until the
     * patience has passed. A model of which only the present is read waits for none.
     */
    public boolean waitsForTheFirst() {
        return waitsForTheFirst;
    }

    /** The newest of the slowest partition that is not quiet; {@link #UNSEEN} at first. */
    public long slowest() {
        return slowest;
    }

    /** The newest of all; {@link #UNSEEN} at first. */
    public long newest() {
        return newest;
    }

    /** The newest of the partition that was {@linkplain #saw seen} last; {@link #UNSEEN} if that is not told apart. */
    public long newestOfLast() {
        return lastIsOfOthers ? UNSEEN : last.newest;
    }

    /**
     * The time by which windows end: of the slowest partition, but at least what the fastest had come to one to two times
     * the patience ago, so that no partition holds another one up for longer. {@link #UNSEEN} while it
     * {@linkplain #waitsForTheFirst waits for the first} records.
     */
    public long time() {
        return waitsForTheFirst ? UNSEEN : Math.max(slowest, before);
    }

    /** Whether some partition that is not quiet has come into a span of time, and not beyond. */
    public boolean isAnyIn(long fromMillis, long toMillis) {
        return partitions.values().stream()
                .anyMatch(p -> !p.isQuiet() && p.newest >= fromMillis && p.newest < toMillis);
    }

    /** Whether the partition that was {@linkplain #saw seen} last has come into a span of time, and not beyond. */
    public boolean isLastIn(long fromMillis, long toMillis) {
        return last.newest >= fromMillis && last.newest < toMillis;
    }

    /** Writes all of it. */
    public void write(DataOutputStream out) throws IOException {
        writeTimes(out);
        write(out, partitions);
    }

    /** Writes the times, and those partitions that have changed since {@link #markKept}. */
    public void writeChange(DataOutputStream out) throws IOException {
        writeTimes(out);
        TreeMap<String, Partition> changed = new TreeMap<>(partitions);
        changed.values().removeIf(p -> !p.changed);
        write(out, changed);
    }

    /** Told when it is as it was kept. */
    public void markKept() {
        for (Partition partition : partitions.values()) {
            partition.changed = false;
        }
    }

    /** Reads what {@link #write} or {@link #writeChange} wrote, onto what was read before. */
    public void read(DataInputStream in) throws IOException {
        newest = in.readLong();
        slowest = in.readLong();
        before = in.readLong();
        mark = in.readLong();
        roundBeganAt = in.readLong();
        readAt = in.readLong();
        waitsForTheFirst = in.readBoolean();
        for (int left = in.readInt(); left > 0; left--) {
            Partition partition = partitions.computeIfAbsent(in.readUTF(), p -> new Partition());
            partition.newest = in.readLong();
            partition.rounds = in.readByte();
        }
        enqueueAll();
    }

    private void writeTimes(DataOutputStream out) throws IOException {
        out.writeLong(newest);
        out.writeLong(slowest);
        out.writeLong(before);
        out.writeLong(mark);
        out.writeLong(roundBeganAt);
        out.writeLong(readAt);
        out.writeBoolean(waitsForTheFirst);
    }

    private static void write(DataOutputStream out, Map<String, Partition> some) throws IOException {
        out.writeInt(some.size());
        for (Map.Entry<String, Partition> partition : some.entrySet()) {
            out.writeUTF(partition.getKey());
            out.writeLong(partition.getValue().newest);
            out.writeByte(partition.getValue().rounds);
        }
    }
}
