package io.homeostat.study.trial;

import org.jspecify.annotations.Nullable;

/**
 * Something that follows from a history and is expensive to find out from scratch. {@link History#derive} keeps the
 * newest and brings it up to date, so that after one more trial only that one is looked at.
 *
 * <p>Contract: the result depends on the history only — bringing up to date and starting over give the same. It is
 * immutable: {@code before} stays as it is. A derivation is told from others by {@code equals}: make it a constant, an
 * enum or a record.
 *
 * @param <T> what follows
 */
@FunctionalInterface
public interface Derivation<T> {

    /**
     * What follows from the history.
     *
     * @param history all finished trials
     * @param before what followed from the first {@code known} of them; null if nothing is known
     * @param known how many trials {@code before} covers; 0 if it is null
     */
    T derive(History history, @Nullable T before, int known);
}
