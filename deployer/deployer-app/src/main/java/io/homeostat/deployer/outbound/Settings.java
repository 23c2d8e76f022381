package io.homeostat.deployer.outbound;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The settings of this process by name, from the environment or a file: where addresses and secrets are. */
@FunctionalInterface
public interface Settings {
    /** The value of a setting. */
    Optional<String> get(String name);

    /** A value that must be there. Errors: {@link CallException} saying how to set it. */
    default String needed(String name) {
        return get(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new CallException("the deployer's setting " + name + " is missing; set it, or "
                        + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + " in its environment"));
    }

    /** An address that must be there. Errors: {@link CallException}, which does not show it. */
    default URI address(String name) {
        try {
            URI uri = URI.create(needed(name));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text of it: an address may hold a secret
        }
        throw new CallException("the deployer's setting " + name + " is no http or https address");
    }
}
