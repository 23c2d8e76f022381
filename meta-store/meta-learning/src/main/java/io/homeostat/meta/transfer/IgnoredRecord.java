package io.homeostat.meta.transfer;

/**
 * A record that was not used.
 *
 * @param taskId its task
 * @param reason a sentence that says why
 */
public record IgnoredRecord(String taskId, String reason) {}
