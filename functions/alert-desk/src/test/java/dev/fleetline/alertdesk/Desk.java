package dev.fleetline.alertdesk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook.Basis;
import dev.fleetline.alert.AlertSettings;
import dev.fleetline.alert.Subject;
import dev.fleetline.alert.TendAlert;
import dev.fleetline.alertlinks.AlertAction;
import dev.fleetline.alertlinks.AlertLink;
import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.alertlinks.LinkKey;
import dev.fleetline.alertlinks.LinkKeys;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Finding.Cause;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Severity;
import dev.fleetline.fleetevents.Announcer;
import dev.fleetline.testing.InMemoryAlertBook;
import dev.fleetline.testing.InMemoryDeviceRegistry;
import dev.fleetline.testing.InMemoryOutbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordingFleetEvents;
import dev.fleetline.testing.SampleFleet;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A desk in memory, with device 1 in service, and people who come with links or logins. */
final class Desk {

    static final String LINK_KEY = "a-link-key-under-test-number-one-0001";
    static final Subject OF_DEVICE = new Subject.OfDevice(SampleFleet.imei(1));

    final MovableClock clock = MovableClock.at("2026-03-11T15:00:00Z");
    final InMemoryStore store = new InMemoryStore();
    final InMemoryAlertBook alerts = new InMemoryAlertBook(store);
    final InMemoryDeviceRegistry devices = new InMemoryDeviceRegistry(store);
    final RecordingFleetEvents bus = new RecordingFleetEvents();
    final AlertLinks links = new AlertLinks(keys(LINK_KEY));

    private final TendAlert tendAlert = new TendAlert(
            devices,
            alerts,
            new Health(HealthSettings.DEFAULTS),
            AlertSettings.DEFAULTS,
            new Announcer(new InMemoryOutbox(store), bus),
            "0999000001-00001",
            "alert-desk",
            "https://runbooks.example.test/fleetline",
            clock);
    private final ByLink byLink = new ByLink(links, new FindAlert(alerts, devices), tendAlert, clock);
    private final ByLogin byLogin = new ByLogin(alerts, tendAlert, clock);

    Desk() {
        devices.save(SampleFleet.inService(1), Consequences.NONE);
    }

    static LinkKeys keys(String key) {
        return new LinkKeys() {
            @Override
            public List<LinkKey> keys() {
                return List.of(new LinkKey(key));
            }

            @Override
            public void refresh() {}
        };
    }

    /** An alert about device 1 that people were told of an hour ago. */
    Alert.Open opened(Condition condition, Severity severity) {
        return opened(OF_DEVICE, condition, severity);
    }

    Alert.Open opened(Subject subject, Condition condition, Severity severity) {
        Instant begun = clock.instant().minus(Duration.ofHours(1));
        var alert = new Alert.Open(
                subject,
                condition,
                1,
                1,
                begun,
                new Alert.Holding(severity, begun, Cause.UNKNOWN, Optional.empty()),
                Optional.of(Alert.Told.first(severity, begun)),
                new Alert.Care.None(),
                Optional.empty(),
                Alert.Flapping.CALM,
                Optional.empty(),
                0);
        alerts.write(alert, new Basis.OnWord(), Consequences.NONE);
        return (Alert.Open) stored(subject, condition);
    }

    /** It has ended, as a report would have it. */
    void cleared(Alert.Open alert) {
        Alert now = stored(alert.subject(), alert.condition());
        alerts.write(
                new Alert.Ended(alert.subject(), alert.condition(), alert.number(), Alert.Flapping.CALM, now.version()),
                new Basis.OnWord(),
                Consequences.NONE);
    }

    Alert stored(Subject subject, Condition condition) {
        return alerts.of(subject).stream()
                .filter(alert -> alert.condition() == condition)
                .findFirst()
                .orElseThrow();
    }

    Alert.Care care(Alert.Open alert) {
        return ((Alert.Open) stored(alert.subject(), alert.condition())).care();
    }

    /** A link that counts for three days. */
    String link(Alert.Open alert, AlertAction action) {
        return links.sign(new AlertLink(alert.alertId(), action, clock.instant().plus(Duration.ofDays(3))));
    }

    HttpReply open(String link) {
        return byLink.answer(request("GET", link, Map.of(), Optional.empty(), Optional.empty()), "request");
    }

    /** A browser sends a form. */
    HttpReply send(String link, Map<String, String> fields) {
        return send(link, Map.of("sec-fetch-site", "same-origin"), form(fields));
    }

    HttpReply send(String link, Map<String, String> headers, String body) {
        var all = new HashMap<>(Map.of("content-type", "application/x-www-form-urlencoded"));
        all.putAll(headers);
        return byLink.answer(request("POST", link, all, Optional.of(body), Optional.empty()), "request");
    }

    /** Somebody who logged in with AWS. */
    HttpReply login(String method, String path, String body) {
        return byLogin.answer(
                request(
                        method,
                        path,
                        Map.of(),
                        Optional.of(body),
                        Optional.of("arn:aws:iam::000000000000:user/ops/grace")),
                "request");
    }

    HttpReply stranger(String method, String path, String body) {
        return byLogin.answer(request(method, path, Map.of(), Optional.of(body), Optional.empty()), "request");
    }

    /** What a person fills in, on a page that was opened now. */
    Map<String, String> filledIn(String by, String why) {
        return Map.of(
                "by", by, "why", why, "opened", Long.toString(clock.instant().getEpochSecond()));
    }

    Map<String, String> filledIn(String by, String why, String length) {
        var fields = new HashMap<>(filledIn(by, why));
        fields.put("length", length);
        return fields;
    }

    static String form(Map<String, String> fields) {
        return String.join(
                "&",
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .toList());
    }

    private static HttpRequest request(
            String method,
            String address,
            Map<String, String> headers,
            Optional<String> body,
            Optional<String> userArn) {
        int mark = address.indexOf('?');
        return new HttpRequest(
                Optional.of(mark < 0 ? address : address.substring(0, mark)),
                Optional.of(mark < 0 ? "" : address.substring(mark + 1)),
                Optional.of(headers),
                body.map(text -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8))),
                body.isPresent(),
                Optional.of(new HttpRequest.RequestContext(
                        Optional.of(new HttpRequest.Http(Optional.of(method))),
                        userArn.map(arn ->
                                new HttpRequest.Authorizer(Optional.of(new HttpRequest.Iam(Optional.of(arn))))))));
    }
}
