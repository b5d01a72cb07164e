package dev.fleetline.alertlinks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Signs links, and checks those that somebody comes with. */
public final class AlertLinks {

    private static final Pattern PATH = Pattern.compile("/alert-links/(" + AlertLink.ALERT_ID + ")/([a-z]+)");

    private final LinkKeys keys;

    public AlertLinks(LinkKeys keys) {
        this.keys = keys;
    }

    /** What came of a check. */
    public sealed interface Checked {

        /** It was signed by us and counts. */
        record Good(AlertLink link) implements Checked {}

        /** It was signed by us, and its time is over. */
        record TooLate(AlertLink link) implements Checked {}

        /** It was not signed by us, or something in it was changed, or something is missing. */
        record Forged() implements Checked {}
    }

    /** The link's path and query, to be put behind the address of alert-desk. It is a secret of whoever gets it. */
    public String sign(AlertLink link) {
        return "/alert-links/" + link.alertId() + "/" + link.action().word() + "?until="
                + link.until().getEpochSecond() + "&signature="
                + keys.keys().getFirst().sign(link);
    }

    /**
     * What the link with this path and this query, as they stand in the address, is worth at {@code now}. A signature that
     * fits none of the keys that are known is held against those that the store has now.
     */
    public Checked check(String rawPath, String rawQuery, Instant now) {
        Optional<AlertLink> said = said(rawPath, rawQuery);
        Optional<String> signature = parameter(rawQuery, "signature");
        if (said.isEmpty() || signature.isEmpty()) {
            return new Checked.Forged();
        }
        AlertLink link = said.get();
        if (!isSigned(link, signature.get())) {
            keys.refresh();
            if (!isSigned(link, signature.get())) {
                return new Checked.Forged();
            }
        }
        return now.isBefore(link.until()) ? new Checked.Good(link) : new Checked.TooLate(link);
    }

    private static Optional<AlertLink> said(String rawPath, String rawQuery) {
        Matcher path = PATH.matcher(rawPath);
        if (!path.matches()) {
            return Optional.empty();
        }
        return AlertAction.of(path.group(2)).flatMap(action -> parameter(rawQuery, "until")
                .flatMap(AlertLinks::time)
                .map(until -> new AlertLink(path.group(1), action, until)));
    }

    private static Optional<Instant> time(String seconds) {
        try {
            return seconds.matches("[0-9]{1,12}")
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                    : Optional.empty();
        } catch (DateTimeException outOfAllBounds) {
            return Optional.empty();
        }
    }

    /** What is there twice is not there: nobody could say which one was signed. */
    private static Optional<String> parameter(String rawQuery, String name) {
        List<String> values = Stream.of(rawQuery.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Looks at all of every key, so how long it takes says nothing about where a signature differs. */
    private boolean isSigned(AlertLink link, String signature) {
        boolean fits = false;
        for (LinkKey key : keys.keys()) {
            fits |= MessageDigest.isEqual(key.sign(link).getBytes(US_ASCII), signature.getBytes(US_ASCII));
        }
        return fits;
    }
}
