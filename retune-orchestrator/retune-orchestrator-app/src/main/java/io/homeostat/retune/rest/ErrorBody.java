package io.homeostat.retune.rest;

/**
 * How the API says that something is wrong.
 *
 * @param error what, and where
 */
record ErrorBody(String error) {}
