/** The users' own records in Homeostat's words: JSON pointers, CloudEvents, requests and responses of KServe and Seldon. */
@NullMarked
package io.homeostat.detector.ingest.mapping;

import org.jspecify.annotations.NullMarked;
