package io.homeostat.backbone.event;

/** Which side of a rollout answered. */
public enum Arm {
    STABLE,
    CANDIDATE
}
