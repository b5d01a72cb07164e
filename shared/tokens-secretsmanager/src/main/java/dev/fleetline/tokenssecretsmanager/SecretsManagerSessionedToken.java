package dev.fleetline.tokenssecretsmanager;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Reads the token of a realm that has sessions, with its session. Not kept: who uses it makes a few calls in weeks. A
 * deployment that does not speak to the realm has no such secret, or one that says none; that is an answer.
 */
public final class SecretsManagerSessionedToken {

    private static final String SHAPE =
            "{\"state\":\"none\"}, or with state \"valid\", accessToken, sessionToken, obtainedAt and expiresIn";

    private final SecretsManagerClient client;
    private final String secretName;
    private final InstantSource clock;

    public SecretsManagerSessionedToken(SecretsManagerClient client, String secretName, InstantSource clock) {
        this.client = client;
        this.secretName = secretName;
        this.clock = clock;
    }

    /** The secret's name, for messages. */
    public String secret() {
        return secretName;
    }

    /** What there is. */
    public sealed interface Found {
        /** There has never been a token. */
        record NotSetUp() implements Found {}

        /** There was one, and it has ended or has no session. */
        record Ended(String versionId) implements Found {}

        /** Good as far as we know. */
        record Token(String versionId, String bearer, String session) implements Found {
            /** Without either. */
            @Override
            public String toString() {
                return "Token[" + versionId + "]";
            }
        }
    }

    /** Reads it. */
    public Found read() {
        Optional<Secret> current = Secret.find(client, secretName, Secret.CURRENT, SHAPE);
        if (current.isEmpty() || !current.get().optional("state").equals(Optional.of("valid"))) {
            return new Found.NotSetUp();
        }
        Secret secret = current.get();
        Optional<String> session = secret.optional("sessionToken");
        return session.isPresent() && clock.instant().isBefore(endsAt(secret))
                ? new Found.Token(secret.versionId(), secret.text("accessToken"), session.get())
                : new Found.Ended(secret.versionId());
    }

    private static Instant endsAt(Secret secret) {
        try {
            return Instant.parse(secret.text("obtainedAt"))
                    .plus(Duration.ofSeconds(Long.parseLong(secret.text("expiresIn"))));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw secret.bad("obtainedAt or expiresIn", "is no time, or no number of seconds");
        }
    }
}
