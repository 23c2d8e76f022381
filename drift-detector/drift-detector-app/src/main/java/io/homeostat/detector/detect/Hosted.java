package io.homeostat.detector.detect;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorConfig;
import io.homeostat.drift.statistics.monitor.MonitorState;

/** A spec's monitors: that of the model, and that of its feature rows, which no version answers and nothing is re-tuned for. */
record Hosted(ModelSpec spec, MonitorConfig config, Monitor monitor, MonitorConfig rowsConfig, Monitor rowsMonitor) {
    static Hosted of(ModelSpec spec) {
        MonitorConfig config = SpecMapping.monitor(spec);
        MonitorConfig rows = SpecMapping.featureRows(spec);
        return new Hosted(spec, config, new Monitor(config), rows, new Monitor(rows));
    }

    /** One of the two, and its state. */
    record Watch(Monitor monitor, MonitorState state) {}

    /** Who watches a version. */
    Watch watch(DetectorState state, String version) {
        return version.equals(FeatureRow.VERSION)
                ? new Watch(rowsMonitor, state.featureRows(rowsConfig))
                : watch(state);
    }

    /** Who watches the model. */
    Watch watch(DetectorState state) {
        return new Watch(monitor, state.monitor());
    }
}
