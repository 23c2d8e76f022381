/**
 * The deployer: candidates and what is observed of them in, routes out.
 *
 * <p>Order of the packages: admit → observe → decide → route; {@code api} stands beside them.
 *
 * <p>Topics in: candidates, rollout-commands, predictions, labelled, models. Topics out: routes, rollouts, ledger,
 * dead-letters; {@code api} writes candidates and rollout-commands.
 */
@NullMarked
package io.homeostat.deployer;

import org.jspecify.annotations.NullMarked;
