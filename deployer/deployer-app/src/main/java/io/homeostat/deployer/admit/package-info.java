/** Whether a proposed version may become champion, and by which plan. */
@NullMarked
package io.homeostat.deployer.admit;

import org.jspecify.annotations.NullMarked;
