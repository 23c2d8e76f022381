/** Tells people what a rollout comes to: Slack-compatible chats, and webhooks of their own. */
@NullMarked
package io.homeostat.deployer.notify;

import org.jspecify.annotations.NullMarked;
