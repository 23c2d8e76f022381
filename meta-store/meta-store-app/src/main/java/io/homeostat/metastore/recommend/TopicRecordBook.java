package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jboss.logging.Logger;

/** The records in this process's copy of their topic. */
@Singleton
public class TopicRecordBook implements RecordBook {
    private static final Logger LOG = Logger.getLogger(TopicRecordBook.class);

    private final StreamsHost host;
    private final String store;

    TopicRecordBook(StreamsHost host, Topics topics) {
        this.host = host;
        this.store = SharedSources.storeOf(topics.metaRecords());
    }

    @Override
    public List<MetaRecord> all() {
        List<MetaRecord> records = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<MetaRecord>> all =
                copy().orElseThrow(NotReadyException::new).all()) {
            while (all.hasNext()) {
                next(all).ifPresent(records::add);
            }
        } catch (InvalidStateStoreException closing) {
            throw new NotReadyException();
        }
        return records;
    }

    // a copy is restored byte by byte: what cannot be read shows only here, and must not hide the rest
    private static Optional<MetaRecord> next(KeyValueIterator<String, ValueAndTimestamp<MetaRecord>> all) {
        try {
            return Optional.ofNullable(all.next().value).map(ValueAndTimestamp::value);
        } catch (InvalidValueException unreadable) {
            LOG.debugf("A record that cannot be read is passed over: %s", unreadable.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<MetaRecord> find(String taskId) {
        try {
            return Optional.ofNullable(
                            copy().orElseThrow(NotReadyException::new).get(taskId))
                    .map(ValueAndTimestamp::value);
        } catch (InvalidStateStoreException closing) {
            throw new NotReadyException();
        }
    }

    private Optional<ReadOnlyKeyValueStore<String, ValueAndTimestamp<MetaRecord>>> copy() {
        return host.store(store, QueryableStoreTypes.<String, MetaRecord>timestampedKeyValueStore());
    }
}
