package dev.fleetline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.demo.Steps.Seen;
import dev.fleetline.tokens.TokenRealm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The story of the tokens: three realms, a token that dies in mid-flight in each, a user who is not locked, a replaced
 * token that is taken back, a consent that ends, and a rotation of what the platform shows us. Each step is watched at the
 * simulator.
 */
public final class TokenStory {

    private static final Duration BETWEEN_TICKS = Duration.ofMinutes(5);
    private static final int FAILED_LOGINS_THAT_LOCK = 5;

    private final LocalFleetline fleetline;
    private final Steps steps;
    private final Desk desk;

    /** A Fleetline that was just started, its clock standing. */
    public TokenStory(LocalFleetline fleetline, Telling telling) {
        this.fleetline = fleetline;
        this.steps = new Steps(telling);
        this.desk = new Desk(fleetline.baseUri(), fleetline.simulatorUri());
    }

    /** Plays it; whether every step was observed. */
    public boolean play() {
        steps.step("Before anybody consented, a person is asked for", this::nobodyHasConsented);
        steps.step("An operator consents, and all three realms have a token", this::threeRealms);
        steps.step("An hour of ticks asks for no other token and keeps the session", this::anHour);
        steps.step("The Core token dies in mid-flight", () -> diesInMidFlight("core", TokenRealm.CORE, "tokens"));
        steps.step("The M2M bearer dies in mid-flight", () -> diesInMidFlight("m2m", TokenRealm.M2M, "tokens"));
        steps.step("The M2M session dies in mid-flight", () -> diesInMidFlight("session", TokenRealm.M2M, "logins"));
        steps.step("The 5G Edge token dies in mid-flight", () -> diesInMidFlight("edge", TokenRealm.EDGE, "tokens"));
        steps.step("The replaced Core token is taken back when nobody can hold it any more", this::takenBack);
        steps.step("A wrong password stops after two tries, and the user is not locked", this::wrongPassword);
        steps.step("With the right password in the secret the session is back", this::rightPassword);
        steps.step("A consent that ends is told seven, three and one days ahead, and at its end", this::consentEnds);
        steps.step("The operator consents again", this::consentsAgain);
        new RotationStory(fleetline, desk, steps).play();
        return steps.close(desk);
    }

    private Seen nobodyHasConsented() {
        String outcomes = tick();
        return new Seen(outcomes.contains("core needs-person") && told("TokenReauthorizationNeeded") == 1, outcomes);
    }

    private Seen threeRealms() {
        fleetline.authorize();
        String outcomes = tick();
        return new Seen(
                outcomes.equals("core not-due, m2m not-due, edge not-due") && count("m2m", "logins") == 1,
                outcomes + "; " + count("m2m", "logins") + " login");
    }

    private Seen anHour() {
        for (int minutes = 0; minutes < 55; minutes += 5) {
            forward(BETWEEN_TICKS);
        }
        String outcomes = tick();
        return new Seen(
                count("m2m", "tokens") == 1 && count("edge", "tokens") == 1 && count("m2m", "logins") == 1,
                outcomes + "; " + count("m2m", "tokens") + " M2M token, " + count("edge", "tokens") + " Edge token, "
                        + count("m2m", "logins") + " login");
    }

    /** Who is refused tells it, is served with another token, and who tells of the old one later costs nothing. */
    private Seen diesInMidFlight(String what, TokenRealm realm, String counted) {
        int before = count(realm.code(), counted);
        var caller = new Caller(fleetline, desk, realm);
        String dead = caller.versionId();
        desk.postControl("tokens/expire", "{\"realm\":\"" + what + "\"}");
        int refused = caller.calls();
        caller.tellsOf(dead);
        caller.readsAnew();
        int served = caller.calls();
        caller.tellsOf(dead);
        int asked = count(realm.code(), counted) - before;
        return new Seen(
                refused >= 400 && served == 200 && asked == 1,
                "a call is answered " + refused + ", told, and answered " + served + " with the next token; asked "
                        + asked + " time");
    }

    private Seen takenBack() {
        tick();
        int before = count("core", "revocations");
        forward(Duration.ofMinutes(20));
        tick();
        int asked = count("core", "revocations") - before;
        return new Seen(before == 0 && asked == 1, asked + " revocation");
    }

    private Seen wrongPassword() {
        desk.postControl("m2m/user", "{\"password\":\"another-made-up-one\"}");
        desk.postControl("tokens/expire", "{\"realm\":\"session\"}");
        for (int i = 0; i < FAILED_LOGINS_THAT_LOCK + 1; i++) {
            tick();
            forward(BETWEEN_TICKS);
        }
        JsonNode state = desk.control("state").path("m2m");
        int failed = state.path("badLogins").asInt();
        boolean isLocked = state.path("locked").asBoolean();
        boolean isTold = desk.events("TokenRefreshFailed")
                .anyMatch(detail -> detail.path("code").asText().equals("login_stopped"));
        return new Seen(
                failed == 2 && !isLocked && isTold,
                failed + " failed logins, " + (isLocked ? "locked" : "not locked") + ", "
                        + (isTold ? "told what to do" : "told nobody"));
    }

    private Seen rightPassword() {
        fleetline.fillIn(
                "/m2m/user",
                EdgeJson.JSON
                        .createObjectNode()
                        .put(
                                "username",
                                desk.control("credentials").at("/m2m/username").asText())
                        .put("password", "another-made-up-one"));
        String outcomes = tick();
        return new Seen(outcomes.contains("m2m renewed"), outcomes);
    }

    private Seen consentEnds() {
        desk.postControl("faults", "{\"refreshTokens\":false}");
        fleetline.authorize();
        long before = told("TokenReauthorizationNeeded");
        int logins = count("core", "tokenRequests");
        for (int days = 0; days < 31; days++) {
            fleetline.forward(Duration.ofDays(1), false);
            tick();
        }
        long told = told("TokenReauthorizationNeeded") - before;
        String days = desk.events("TokenReauthorizationNeeded")
                .skip(before)
                .map(detail ->
                        detail.path("expiresAt").asText(detail.path("endsAt").asText()))
                .distinct()
                .collect(Collectors.joining(", "));
        return new Seen(
                told == 4 && count("core", "tokenRequests") == logins, told + " times told; it ends at " + days);
    }

    private Seen consentsAgain() {
        desk.postControl("faults", "{}");
        fleetline.authorize();
        String outcomes = tick();
        return new Seen(outcomes.contains("core not-due"), outcomes);
    }

    private String tick() {
        JsonNode reply = fleetline
                .invoke("token-refresh", EdgeJson.JSON.createObjectNode().put("task", "refresh"))
                .orElseThrow(() -> new IllegalStateException("there is no token-refresh"));
        fleetline.settle();
        return reply.path("realms")
                .valueStream()
                .map(realm -> realm.path("realm").asText() + " "
                        + realm.path("outcome").asText())
                .collect(Collectors.joining(", "));
    }

    private void forward(Duration by) {
        List<String> fired = fleetline.forward(by, true);
        if (!fired.isEmpty()) {
            fleetline.settle();
        }
    }

    private int count(String realm, String what) {
        return desk.control("state").path(realm).path(what).asInt();
    }

    private long told(String detailType) {
        return desk.events(detailType).count();
    }
}
