/**
 * The data path: Open Inference Protocol in, a sticky arm chosen, the model asked, the answer out, and a prediction
 * event per row beside it.
 *
 * <p>Order of the packages: protocol → serving → source → route → emit → infer → http. Each may use what stands before it.
 *
 * <p>Topics in: routes, models. Topic out: predictions (or what a model's spec names).
 */
@NullMarked
package io.homeostat.gateway;

import org.jspecify.annotations.NullMarked;
