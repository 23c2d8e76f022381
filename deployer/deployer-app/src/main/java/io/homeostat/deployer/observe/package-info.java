/** What the streams say of the two versions under comparison, brought to the model's key. */
@NullMarked
package io.homeostat.deployer.observe;

import org.jspecify.annotations.NullMarked;
