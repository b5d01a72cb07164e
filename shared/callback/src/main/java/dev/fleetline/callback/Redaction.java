package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out what callback services log in with: it is in every body of theirs, and must be in nothing that is kept. */
final class Redaction {

    private static final List<String> CREDENTIALS = List.of("username", "password");

    /** A character of ASCII, as JSON may write it. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\u00([0-7][0-9a-fA-F])");

    private Redaction() {}

    /** Takes them out of the message, at any depth and in any case; whether there were any. */
    static boolean redact(JsonNode node) {
        boolean found = false;
        if (node instanceof ObjectNode object) {
            List<String> secret = object.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(Redaction::isCredential)
                    .toList();
            object.remove(secret);
            found = !secret.isEmpty();
        }
        for (JsonNode child : node) {
            found |= redact(child);
        }
        return found;
    }

    static boolean isCredential(String name) {
        return CREDENTIALS.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether a password may be somewhere in what cannot be read, in whatever encoding. */
    static boolean mayHoldLogin(byte[] body) {
        // without the NULs, UTF-16 and UTF-32 look like this one too
        String text = new String(body, ISO_8859_1).replace("\0", "");
        String plain = ESCAPED.matcher(text)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
        return plain.toLowerCase(Locale.ROOT).contains("password");
    }
}
