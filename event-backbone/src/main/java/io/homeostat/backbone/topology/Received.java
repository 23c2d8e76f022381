package io.homeostat.backbone.topology;

/**
 * An event and the bytes it was read from, so that who passes it on need not write it anew.
 *
 * @param event what was read
 * @param json its bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
public record Received<V>(V event, byte[] json) {}
