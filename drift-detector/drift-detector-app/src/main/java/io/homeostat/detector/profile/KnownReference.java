package io.homeostat.detector.profile;

import io.homeostat.drift.statistics.profile.Reference;

/**
 * A version's reference and the bytes it came in, so that who keeps it need not encode it.
 *
 * @param reference not shared: reading a sketch may change how it is kept
 * @param bytes from which it is read again; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
public record KnownReference(Reference reference, byte[] bytes) {}
