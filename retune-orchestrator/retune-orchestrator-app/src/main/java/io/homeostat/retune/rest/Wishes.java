package io.homeostat.retune.rest;

import io.homeostat.backbone.event.RetuneEvent;

/** Where wishes go. */
public interface Wishes {
    /** Tells the wish, and returns when it is kept. Errors: {@link IllegalStateException}. */
    void tell(RetuneEvent wish);
}
