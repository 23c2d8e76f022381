package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;

/**
 * How well a metric's value is known.
 *
 * @param n rows that it was taken from
 * @param standardError how far it may be off by chance; 0 where that is not known
 * @param low with 95 % confidence it is not below
 * @param high with 95 % confidence it is not above
 * @param anytime whether the interval holds however often one looks, or for one look only
 */
public record MetricInterval(long n, double standardError, double low, double high, boolean anytime) {
    public MetricInterval {
        Check.atLeast("n", n, 0);
        Check.finite("standardError", standardError);
        Check.finite("low", low);
        Check.finite("high", high);
    }
}
