/** Trial workers: queue takes a task and answers for it, task runs it, through snapshot, trial and confirm. In: trial-tasks (share group), trial-decisions, labelled. Out: trial-reports, references, dead-letters. */
@NullMarked
package io.homeostat.worker;

import org.jspecify.annotations.NullMarked;
