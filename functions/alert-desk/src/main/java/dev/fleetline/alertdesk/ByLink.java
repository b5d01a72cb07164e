package dev.fleetline.alertdesk;

import dev.fleetline.alert.TendAlert;
import dev.fleetline.alertdesk.FindAlert.Found;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.alertlinks.AlertLinks.Checked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers those who come with a link: to be looked at it shows the alert and a form and changes nothing, since programs
 * that read mail open links too; the form does it.
 */
final class ByLink {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** What a browser says of a form that was sent from our own page, or that it does not say anything. */
    private static final Set<String> FROM_OUR_PAGE = Set.of("", "same-origin");

    private final AlertLinks links;
    private final FindAlert findAlert;
    private final TendAlert tendAlert;
    private final InstantSource clock;

    ByLink(AlertLinks links, FindAlert findAlert, TendAlert tendAlert, InstantSource clock) {
        this.links = links;
        this.findAlert = findAlert;
        this.tendAlert = tendAlert;
        this.clock = clock;
    }

    HttpReply answer(HttpRequest request, String correlationId) {
        Instant now = clock.instant();
        return switch (links.check(request.path(), request.query(), now)) {
            case Checked.Forged() -> DeskPage.forged();
            case Checked.TooLate(var _) -> DeskPage.tooLate();
            case Checked.Good(var link) ->
                switch (request.method()) {
                    case "GET" -> show(link, Form.empty(), Map.of(), now);
                    case "POST" -> act(link, request, now, correlationId);
                    default -> DeskPage.onlyOpenOrSend();
                };
        };
    }

    private HttpReply show(AlertLink link, Form form, Map<String, String> faults, Instant now) {
        Optional<Found> found = findAlert.byId(link.alertId());
        return found.map(alert -> DeskPage.form(alert, link.action(), form, faults, now))
                .orElseGet(DeskPage::over);
    }

    private HttpReply act(AlertLink link, HttpRequest request, Instant now, String correlationId) {
        boolean isOurs = FROM_OUR_PAGE.contains(request.header("sec-fetch-site").toLowerCase(Locale.ROOT));
        boolean isForm = request.header("content-type").toLowerCase(Locale.ROOT).startsWith(FORM);
        Optional<Form> form = isOurs && isForm ? request.text().flatMap(Form::of) : Optional.empty();
        if (form.isEmpty()) {
            return DeskPage.notOurForm();
        }
        Map<String, String> faults = form.get().faults(link.action(), now);
        if (!faults.isEmpty()) {
            return show(link, form.get(), faults, now);
        }
        Wish wish = form.get().wish(link.action(), now);
        return DeskPage.of(wish, wish.with(tendAlert, link.alertId(), correlationId));
    }
}
