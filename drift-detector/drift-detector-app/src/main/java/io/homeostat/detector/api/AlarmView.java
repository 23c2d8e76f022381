package io.homeostat.detector.api;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An alarm, and what it led to.
 *
 * @param id names it; its evidence is asked for by it
 * @param at when it was raised
 * @param reason why, in a sentence
 * @param inputs its kind, severity, version, and since when the change is believed to be
 * @param retunes the wishes to re-tune that it led to, oldest first
 */
record AlarmView(String id, Instant at, String reason, Map<String, Object> inputs, List<Wish> retunes) {
    /** A wish to re-tune. */
    record Wish(String id, Instant at, String summary) {}

    static AlarmView of(LedgerEntry alarm, List<RetuneEvent> newestFirst) {
        List<Wish> wishes = newestFirst.stream()
                .filter(event -> alarm.subject().equals(event.alarmId()))
                .sorted(java.util.Comparator.comparing(RetuneEvent::at))
                .map(event -> new Wish(event.id(), event.at(), event.summary()))
                .toList();
        return new AlarmView(alarm.subject(), alarm.at(), alarm.reason(), alarm.inputs(), wishes);
    }
}
