package io.homeostat.meta.metafeature;

/** What the labels are. */
public enum Target {
    /** Labels are classes; numbers count as classes, too. */
    CLASSES,
    /** Labels are numbers; anything else counts as missing. */
    NUMBERS
}
