package io.homeostat.backbone.topic;

import io.homeostat.backbone.serde.InvalidValueException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The users' own topics that specs may name as their source. A topology is fixed when it starts, so they are told by a
 * regular expression and not by the specs. Homeostat's topics and the internal ones of Kafka Streams are never among them.
 */
public final class UserTopics {
    /** The setting that holds the regular expression. */
    public static final String SETTING = "homeostat.sources.topics";

    private final String expression;
    private final Pattern pattern;

    private UserTopics(String expression, Pattern pattern) {
        this.expression = expression;
        this.pattern = pattern;
    }

    /**
     * The topics whose whole name matches an expression; none if it is empty. Errors: {@link InvalidValueException} if it
     * is no regular expression.
     */
    public static UserTopics of(Topics topics, String expression) {
        String wanted = expression.isBlank() ? "(?!)" : expression;
        try {
            Pattern.compile(wanted);
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException(
                    SETTING, "'" + expression + "' is not a regular expression: " + e.getDescription());
        }
        String own = Pattern.quote(topics.prefix() + ".");
        return new UserTopics(
                expression, Pattern.compile("(?!" + own + "|__|.*-(?:changelog|repartition)$)(?:" + wanted + ")"));
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return expression.isBlank();
    }

    /** Whether a topic is one of them. */
    public boolean includes(String topic) {
        return pattern.matcher(topic).matches();
    }

    /** What they match. */
    public Pattern pattern() {
        return pattern;
    }

    /** The regular expression as it was set. */
    @Override
    public String toString() {
        return expression;
    }
}
