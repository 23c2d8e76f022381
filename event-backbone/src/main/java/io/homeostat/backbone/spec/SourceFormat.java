package io.homeostat.backbone.spec;

/** How a source's records are written. */
public enum SourceFormat {
    /** As Homeostat writes them; nothing is to be mapped. */
    NATIVE,
    /** The user's own JSON, mapped by pointers. */
    JSON,
    /** Requests and responses as the loggers of KServe and Seldon write them, joined by their id. */
    KSERVE
}
