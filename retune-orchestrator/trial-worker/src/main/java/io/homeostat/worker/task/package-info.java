/** What a task needs to run: reports out, words from outside in, failures as sentences. */
@NullMarked
package io.homeostat.worker.task;

import org.jspecify.annotations.NullMarked;
