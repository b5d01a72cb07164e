package dev.fleetline.alertnotifier;

import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links that a person who reads of an open alert is given. */
final class ActionLinks {

    /** The one condition that a person ends: of all others the device itself shows whether they hold. */
    private static final String ENDED_BY_PEOPLE = "IDENTITY_CONFLICT";

    private static final String NO_LINKS =
            "There are no links this time, since their key cannot be read. Say what you do"
                    + " about it with: fleetline alerts";

    private static final Logger LOG = LoggerFactory.getLogger(ActionLinks.class);

    private final URI desk;
    private final AlertLinks links;
    private final Duration life;
    private final InstantSource clock;

    ActionLinks(URI desk, AlertLinks links, Duration life, InstantSource clock) {
        this.desk = desk;
        this.links = links;
        this.life = life;
        this.clock = clock;
    }

    /** The lines with the links, and what to know about them. Without a key there are none: the alert is told all the same. */
    List<String> lines(String alertId, String condition) {
        try {
            return signed(alertId, condition);
        } catch (RuntimeException noKey) {
            LOG.error("an alert is told without its links", noKey);
            return List.of(NO_LINKS);
        }
    }

    private List<String> signed(String alertId, String condition) {
        Instant until = clock.instant().plus(life);
        var lines = new ArrayList<String>();
        lines.add("I look after it, no more reminders:");
        lines.add(address(alertId, AlertAction.ACKNOWLEDGE, until));
        lines.add("Be silent about it for a while:");
        lines.add(address(alertId, AlertAction.SNOOZE, until));
        if (condition.equals(ENDED_BY_PEOPLE)) {
            lines.add("It is mended, end it:");
            lines.add(address(alertId, AlertAction.RESOLVE, until));
        }
        lines.add("");
        lines.add("Each link opens a page that asks for your name and a reason; nothing happens before you send it. The"
                + " links count until " + Facts.moment(until) + ", for whoever has them.");
        return lines;
    }

    private String address(String alertId, AlertAction action, Instant until) {
        return desk + links.sign(new AlertLink(alertId, action, until));
    }
}
