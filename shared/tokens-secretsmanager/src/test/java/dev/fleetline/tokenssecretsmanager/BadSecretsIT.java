package dev.fleetline.tokenssecretsmanager;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenStore.BadSecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What people can put wrongly into a secret: each is told by secret and field, with what mends it and without a value. */
class BadSecretsIT {

    private static final String SECRET = "fleetline/test/of-some-kind";
    private static final String FIRST = "00000000-0000-4000-8000-000000000001";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z"));

    private final SecretsManagerStandIn standIn = SecretsManagerStandIn.start(CLOCK);
    private final SecretsManagerClient client =
            LoopbackAws.aim(SecretsManagerClient.builder(), standIn.endpoint()).build();

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    /** Who reads it, and a good value, field by field. */
    private record Kind(String name, Map<String, String> good, BiFunction<SecretsManagerClient, String, Object> read) {

        /** The good value, but for this field, which has this JSON. */
        String with(String field, String json) {
            Map<String, String> fields = fields();
            fields.put(field, json);
            return object(fields);
        }

        String without(String field) {
            Map<String, String> fields = fields();
            fields.remove(field);
            return object(fields);
        }

        private Map<String, String> fields() {
            var fields = new TreeMap<String, String>();
            good.forEach((name, text) -> fields.put(name, "\"" + text + "\""));
            return fields;
        }

        private static String object(Map<String, String> fields) {
            return fields.entrySet().stream()
                    .map(it -> "\"" + it.getKey() + "\":" + it.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, String> CALLBACK =
            Map.of("username", "hush-user", "password", "hush-password", "streamKey", "hush-key");

    private static final Kind CALLBACK_VERSION = new Kind(
            "a callback secret's version",
            CALLBACK,
            (client, name) -> new SecretsManagerCallbackSecretVersions(client, name).version(FIRST));

    private static final Kind TOKEN = new Kind(
            "a token",
            Map.of(
                    "state", "valid",
                    "accessToken", "hush-access",
                    "obtainedAt", "2026-03-02T15:00:00Z",
                    "expiresIn", "60"),
            (client, name) ->
                    new SecretsManagerTokenStore(client, Map.of(TokenRealm.CORE, name)).current(TokenRealm.CORE));

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "a client",
                    Map.of("clientId", "hush-id", "clientSecret", "hush-secret"),
                    (client, name) -> new SecretsManagerClientCredentials(client, name).read()),
            new Kind(
                    "a user",
                    Map.of("username", "hush-user", "password", "hush-password"),
                    (client, name) -> new SecretsManagerUserCredentials(client, name).read()),
            new Kind("a stream key", Map.of("streamKey", "hush-key"), (client, name) -> new SecretsManagerCallbackKeys(
                            client, name, CLOCK)
                    .streamKeys()),
            new Kind("a callback login", CALLBACK, (client, name) -> new SecretsManagerCallbackKeys(client, name, CLOCK)
                    .logins()),
            CALLBACK_VERSION,
            TOKEN);

    private record Wrong(String inWords, Kind kind, Optional<String> value, String complaint) {
        @Override
        public String toString() {
            return kind + " that " + inWords;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongs")
    void a_bad_secret_is_named_with_its_field_and_what_mends_it_and_without_its_value(Wrong wrong) {
        wrong.value()
                .ifPresent(value -> client.createSecret(
                        r -> r.name(SECRET).clientRequestToken(FIRST).secretString(value)));

        assertThatThrownBy(() -> wrong.kind().read().apply(client, SECRET))
                .isInstanceOf(BadSecret.class)
                .hasNoCause()
                .hasMessageContaining("secret " + SECRET + wrong.complaint())
                .hasMessageContaining("infra/secrets")
                .hasMessageNotContaining("hush");
    }

    static Stream<Wrong> wrongs() {
        return Stream.concat(
                KINDS.stream().flatMap(kind -> Stream.concat(wholly(kind), inAField(kind))), unfitForAHeader());
    }

    private static Stream<Wrong> wholly(Kind kind) {
        String noObject = " is not a JSON object";
        return Stream.of(
                        new Wrong("is missing", kind, Optional.empty(), " does not exist or has no value"),
                        new Wrong("is an empty string", kind, Optional.of(""), noObject),
                        new Wrong("is blank", kind, Optional.of(" "), noObject),
                        new Wrong("is not JSON", kind, Optional.of("hush-hush"), noObject),
                        new Wrong("is JSON with its end cut off", kind, Optional.of("{\"clientId\":\"hush"), noObject),
                        new Wrong("is JSON, but a list", kind, Optional.of("[\"hush-hush\"]"), noObject),
                        new Wrong("is JSON, but a text", kind, Optional.of("\"hush-hush\""), noObject),
                        new Wrong("is JSON, but null", kind, Optional.of("null"), noObject))
                // a version that is not there (yet) is an answer
                .filter(wrong -> !kind.equals(CALLBACK_VERSION) || wrong.value().isPresent());
    }

    private static Stream<Wrong> inAField(Kind kind) {
        return kind.good().keySet().stream().sorted().flatMap(field -> {
            String missing = ": field " + field + " is missing or empty";
            String noText = ": field " + field + " is no text";
            return Stream.of(
                    new Wrong("lacks " + field, kind, Optional.of(kind.without(field)), missing),
                    new Wrong("has null as " + field, kind, Optional.of(kind.with(field, "null")), missing),
                    new Wrong("has an empty " + field, kind, Optional.of(kind.with(field, "\"\"")), missing),
                    new Wrong("has a blank " + field, kind, Optional.of(kind.with(field, "\" \\n\"")), missing),
                    new Wrong("has a list as " + field, kind, Optional.of(kind.with(field, "[\"hush\"]")), noText),
                    new Wrong("has an object as " + field, kind, Optional.of(kind.with(field, "{\"a\":1}")), noText));
        });
    }

    /** The JDK refuses such a header with the value in its complaint. */
    private static Stream<Wrong> unfitForAHeader() {
        Map<String, String> unfit = new TreeMap<>(Map.of(
                "a line break at the end of", "hush-hush\\n",
                "a line break within", "hush\\r\\nhush",
                "a blank within", "hush hush",
                "a tab within", "hush\\thush",
                "a letter of another script within", "hush-h\\u00fcsh",
                "an unprintable character within", "hush\\u007fhush"));
        return Stream.of("accessToken", "refreshToken", "sessionToken").flatMap(field -> unfit.entrySet().stream()
                .map(it -> new Wrong(
                        "has " + it.getKey() + " its " + field,
                        TOKEN,
                        Optional.of(TOKEN.with(field, "\"" + it.getValue() + "\"")),
                        ": field " + field + " has a character that is not visible ASCII")));
    }
}
