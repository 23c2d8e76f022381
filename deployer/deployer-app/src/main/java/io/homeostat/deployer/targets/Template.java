package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.TargetSpec;
import java.util.Locale;

/** Names made of a version's name and its artifact's digest. */
final class Template {
    private static final int LONGEST_LABEL = 63;

    private Template() {}

    /** Any text, like an address. */
    static String text(String template, Route.Target version) {
        return template.replace(TargetSpec.VERSION, version.version())
                .replace(TargetSpec.SHA256, version.artifact().sha256());
    }

    /** A name in Kubernetes: lower-case letters, digits and dashes, at most 63. */
    static String label(String template, Route.Target version) {
        String name = text(template, version).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = name.length() > LONGEST_LABEL ? name.substring(0, LONGEST_LABEL) : name;
        return cut.replaceAll("^-+|-+$", "");
    }
}
