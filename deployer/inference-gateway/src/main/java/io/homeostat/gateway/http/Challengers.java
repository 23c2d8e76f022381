package io.homeostat.gateway.http;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Of what asks challengers and shadows. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface Challengers {}
