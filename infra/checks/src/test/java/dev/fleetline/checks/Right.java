package dev.fleetline.checks;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * An action of IAM on a resource.
 *
 * @param resource a logical id of the template, with {@code /index/open} or {@code /stream} for a part of a table, or
 *     {@code /claim/answer#order#*} for those of its items whose key begins so
 */
record Right(String action, String resource) implements Comparable<Right> {

    @Override
    public int compareTo(Right other) {
        return Comparator.comparing(Right::resource)
                .thenComparing(Right::action)
                .compare(this, other);
    }

    boolean hasWildcard() {
        return whole().contains("*");
    }

    /** The resource, of which this may be on some items only. */
    String whole() {
        return resource.replaceFirst("/claim/.*", "");
    }

    /** Whether whoever has this right may do that. */
    boolean allows(Right needed) {
        String pattern = Pattern.quote(resource).replace("*", "\\E.*\\Q") + "(/claim/.*)?";
        return action.equals(needed.action) && needed.resource.matches(pattern);
    }

    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
