package io.homeostat.gateway.http;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Of what asks champions. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface Champions {}
