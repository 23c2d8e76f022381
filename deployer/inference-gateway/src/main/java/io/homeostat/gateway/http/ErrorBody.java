package io.homeostat.gateway.http;

/**
 * How the protocol says that something is wrong.
 *
 * @param error what, and where
 */
record ErrorBody(String error) {}
