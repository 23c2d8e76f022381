package io.homeostat.retune.host;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.retune.warmstart.Memory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The memory as this instance's copy of its topic has it: no call is needed, and none can fail. */
record CopiedMemory(TimestampedKeyValueStore<String, MetaRecord> copy) implements Memory {
    @Override
    public Collection<MetaRecord> all() {
        List<MetaRecord> records = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<MetaRecord>> all = copy.all()) {
            all.forEachRemaining(entry -> records.add(entry.value.value()));
        }
        return records;
    }

    @Override
    public Optional<MetaRecord> get(String taskId) {
        return Optional.ofNullable(copy.get(taskId)).map(ValueAndTimestamp::value);
    }
}
