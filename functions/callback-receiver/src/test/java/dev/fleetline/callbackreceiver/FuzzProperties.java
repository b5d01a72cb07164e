package dev.fleetline.callbackreceiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.callback.Arrival;
import dev.fleetline.callback.CallbackInbox;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.Delivery;
import dev.fleetline.callback.Delivery.Status;
import dev.fleetline.callback.Intake;
import dev.fleetline.callbackreceiver.TakeInDelivery.Shown;
import dev.fleetline.callbackreceiver.TakeInDelivery.Taken;
import dev.fleetline.testing.InMemoryCallbackInbox;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import dev.fleetline.testing.RecordedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Throws at the receiver what is nearly right: bodies of the platform's shapes with broken messages in them, and bodies
 * in which bytes were changed. The seeds are fixed; {@code -Djqwik.tries.default=1000000} makes the run a long one.
 */
class FuzzProperties {

    private static final String KEY = "stream-key-under-test";
    private static final String PASSWORD = "password-under-test";
    private static final String SIGNING_KEY = "signing-key-under-test";
    private static final String LOGIN = "\"username\":\"cbuser\",\"Password\":\"" + PASSWORD + "\",";
    private static final Intake ONE_BY_ONE = new Intake(Optional.of(Receivers.ACCOUNT), 1);
    private static final Intake ALL = new Intake(Optional.of(Receivers.ACCOUNT), Integer.MAX_VALUE);
    private static final Address LOCATION = new Address.Service("Location");

    private enum Shape {
        ARRAY,
        DATA_ARRAY,
        LINES
    }

    /** Who delivers, and what it shows. */
    private enum Sender {
        STREAM,
        LOGGED_IN,
        WITH_THE_KEY,
        SIGNING;

        Address address() {
            return switch (this) {
                case STREAM -> new Address.Stream();
                case LOGGED_IN, WITH_THE_KEY -> new Address.Service("CarrierService");
                case SIGNING -> LOCATION;
            };
        }

        Shown shows(byte[] body) {
            return switch (this) {
                case STREAM -> new Shown(KEY, Optional.empty());
                case LOGGED_IN -> new Shown("", Optional.empty());
                case WITH_THE_KEY -> new Shown("Bearer " + KEY, Optional.empty());
                case SIGNING -> new Shown("", Optional.of(SignatureCheckTest.hex(SIGNING_KEY, body)));
            };
        }

        String message(String version) {
            String said = "{\"requestId\":\"r\",\"versionid\":\"" + version + "\",\"deviceIds\":["
                    + "{\"id\":\"999999000000014\",\"kind\":\"imei\"}]}";
            return switch (this) {
                case STREAM -> "{\"kind\":\"ts.event\",\"data\":" + event(version) + "}";
                case LOGGED_IN -> "{\"username\":\"cbuser\",\"password\":\"" + PASSWORD + "\"," + said.substring(1);
                case WITH_THE_KEY, SIGNING -> said;
            };
        }
    }

    private record Sent(Sender sender, String body, List<String> goodVersions) {}

    @Property(seed = "6")
    void no_valid_neighbour_is_lost_and_nothing_is_kept_twice(@ForAll("bodies") Sent sent) {
        var store = new InMemoryStore();
        var takeIn = receiver(store);
        byte[] body = sent.body().getBytes(UTF_8);
        Address address = sent.sender().address();
        Shown shown = sent.sender().shows(body);

        Taken first = takeIn.run(address, shown, new Body.Bytes(body));
        int kept = store.deliveries().size();
        Taken second = takeIn.run(address, shown, new Body.Bytes(body));

        boolean hasLogin =
                sent.sender() != Sender.LOGGED_IN || !sent.goodVersions().isEmpty();
        assertThat(List.of(first, second))
                .as("%s", sent)
                .allMatch(taken -> taken instanceof Taken.Kept || taken instanceof Taken.KeptAll || !hasLogin);
        assertThat(store.deliveries()).hasSize(kept).noneMatch(delivery -> holdsSecret(delivery.payload()));
        for (String version : sent.goodVersions()) {
            assertThat(store.deliveries())
                    .as("%s in %s", version, sent)
                    .anyMatch(delivery -> delivery.status().equals(new Status.Received())
                            && delivery.payload().contains("\"" + version + "\""));
        }
    }

    @Property(seed = "66")
    void whoever_sends_it_no_login_is_left_in_what_is_kept(@ForAll("bodies") Sent sent) {
        var store = new InMemoryStore();

        everySenderSends(receiver(store), sent.body().getBytes(UTF_8));

        assertThat(store.deliveries()).isNotEmpty().noneMatch(delivery -> holdsSecret(delivery.payload()));
    }

    @Property(seed = "666")
    void whatever_comes_is_answered(@ForAll("spoiltBodies") byte[] body) {
        var store = new InMemoryStore();

        everySenderSends(receiver(store), body);

        assertThat(store.deliveries()).isNotEmpty();
    }

    /** Where a login may be in the body, what is kept whole is so without what cannot be read; all else is the same. */
    @Property(seed = "66666")
    void what_is_kept_whole_and_taken_apart_later_is_what_would_have_been_kept_at_once(
            @ForAll("spoiltBodies") byte[] body, @ForAll Sender sender) {
        Delivery first = takenIn(ONE_BY_ONE, sender, body).getFirst();
        List<Delivery> later = takenApart(first);
        List<Delivery> atOnce = takenIn(ALL, sender, body);

        if (mayHoldLogin(body)) {
            assertThat(read(later)).isEqualTo(read(atOnce));
        } else {
            assertThat(later).isEqualTo(atOnce);
        }
    }

    @Property(seed = "666666")
    void what_is_kept_whole_holds_every_valid_neighbour_and_no_login(@ForAll("bodies") Sent sent) {
        Delivery first =
                takenIn(ONE_BY_ONE, sent.sender(), sent.body().getBytes(UTF_8)).getFirst();

        assertThat(holdsSecret(first.payload())).isFalse();
        List<Delivery> later = takenApart(first);
        for (String version : sent.goodVersions()) {
            assertThat(later)
                    .as("%s in %s", version, sent)
                    .anyMatch(delivery -> delivery.status().equals(new Status.Received())
                            && delivery.payload().contains("\"" + version + "\""));
        }
    }

    /** Of a body with one message in it, that one. */
    private static List<Delivery> takenApart(Delivery first) {
        return first.kind().equals("several")
                ? ONE_BY_ONE.takenApart(first).stream().map(Arrival::delivery).toList()
                : List.of(first);
    }

    /** The inbox refuses what DynamoDB refuses. */
    @Property(seed = "6666666", tries = 50)
    void whatever_fills_a_body_to_its_limit_fits_into_the_table(@ForAll("fullBodies") byte[] body) {
        var store = new InMemoryStore();
        var takeIn = receiver(store);

        for (Sender sender : List.of(Sender.STREAM, Sender.WITH_THE_KEY)) {
            takeIn.run(sender.address(), sender.shows(body), new Body.Bytes(body));
        }

        assertThat(store.deliveries()).isNotEmpty();
    }

    private static List<Delivery> takenIn(Intake intake, Sender sender, byte[] body) {
        Instant now = Instant.parse("2026-03-02T16:06:00Z");
        List<Arrival> arrivals = sender.address() instanceof Address.Service(var name)
                ? intake.calledBack(name, body, now)
                : intake.streamed(body, now);
        return arrivals.stream().map(Arrival::delivery).toList();
    }

    private static boolean mayHoldLogin(byte[] body) {
        return new String(body, ISO_8859_1)
                .replace("\0", "")
                .toLowerCase(Locale.ROOT)
                .contains("password");
    }

    private static List<String> read(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> !delivery.kind().equals("unreadable"))
                .map(delivery -> delivery.id().device() + " " + delivery.id().sortKey() + " " + delivery.status())
                .toList();
    }

    /** As API Gateway hands it over: as text, or in Base64, sometimes in what is none. */
    @Property(seed = "6666")
    void whatever_comes_through_the_gateway_is_answered_without_a_failure_and_no_secret_is_logged(
            @ForAll("spoiltBodies") byte[] body, @ForAll Sender sender, @ForAll Encoding encoding) {
        var handler =
                new CallbackReceiverHandler(receiver(new InMemoryStore()), Receivers.HEADERS, Receivers.EVERYWHERE);
        String path = sender.address() instanceof Address.Service(var name) ? "/x/callbacks/" + name : "/x/stream";
        ObjectNode request = Receivers.posted(path, encoding.written(body));
        request.put("isBase64Encoded", encoding != Encoding.TEXT);
        Shown shown = sender.shows(body);
        Receivers.with(request, "authorization", shown.key());
        shown.signature().ifPresent(signature -> Receivers.with(request, "x-signature", signature));
        try (RecordedLog log = new RecordedLog()) {
            JsonNode reply = Invocations.send(handler, request);

            assertThat(reply.path("statusCode").intValue()).isIn(200, 400, 401);
            assertThat(log.lines()).isNotEmpty().noneMatch(FuzzProperties::holdsSecret);
            assertThat(holdsSecret(reply.toString())).isFalse();
        }
    }

    private enum Encoding {
        TEXT,
        BASE64,
        NO_BASE64;

        String written(byte[] body) {
            return switch (this) {
                case TEXT -> new String(body, UTF_8);
                case BASE64 -> Base64.getEncoder().encodeToString(body);
                case NO_BASE64 -> Base64.getEncoder().encodeToString(body) + "~";
            };
        }
    }

    private static void everySenderSends(TakeInDelivery takeIn, byte[] body) {
        var bytes = new Body.Bytes(body);
        for (Sender sender : Sender.values()) {
            takeIn.run(sender.address(), sender.shows(body), bytes);
        }
        takeIn.run(LOCATION, new Shown("", Optional.of(new String(body, UTF_8))), bytes);
    }

    private static TakeInDelivery receiver(InMemoryStore store) {
        return Receivers.takeIn(
                new KeysOnHand(KEY).with(new Login("cbuser", PASSWORD)),
                new SigningKeysOnHand().with("Location", SIGNING_KEY),
                new ChoosyInbox(store),
                MovableClock.at("2026-03-02T16:06:00Z"));
    }

    private static boolean holdsSecret(String text) {
        return text.contains(PASSWORD) || text.contains(KEY) || text.contains(SIGNING_KEY);
    }

    @Provide
    Arbitrary<Sent> bodies() {
        return Combinators.combine(
                        Arbitraries.of(Sender.values()),
                        Arbitraries.of(Shape.values()),
                        messages().list().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.of("", " ", "\t"))
                .as(FuzzProperties::body);
    }

    @Provide
    Arbitrary<byte[]> spoiltBodies() {
        Arbitrary<byte[]> spoilt = Combinators.combine(
                        bodies(),
                        Arbitraries.randomValue(Random::nextLong),
                        Arbitraries.integers().between(0, 6))
                .as((sent, chance, changes) -> spoilt(sent.body().getBytes(UTF_8), new Random(chance), changes));
        return Arbitraries.frequencyOf(
                Tuple.of(8, spoilt),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(200)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(200).map(text -> text.getBytes(UTF_8))));
    }

    /** A few short texts again and again, such as grow when they are written anew. */
    @Provide
    Arbitrary<byte[]> fullBodies() {
        Arbitrary<String> opening = Arbitraries.of(
                "",
                "[",
                "[{\"username\":\"u\"},",
                "{\"data\":[",
                "{\"x\":\"" + "€".repeat(300) + "\",\"data\":[",
                "{\"a\":[",
                "[{\"a\":[1]},{\"a\":[",
                "{\"fields\":{},\"deviceid\":\"x\",\"kind\":\"",
                "{\"Password\":1,\"kind\":\"");
        Arbitrary<String> units = Arbitraries.of(
                        "{}",
                        "{},",
                        "{}\n",
                        "x\n",
                        "x,",
                        "0",
                        "é",
                        "1e-6,",
                        "-1.5e-9,",
                        "100.0e5,",
                        "1e9,",
                        "\\u0001",
                        "\\ud800",
                        "{\"a\":1,\"a\":2},",
                        "{\"é\":0},",
                        "{\"data\":[{}\n",
                        "{\"data\":[{},x]}\n",
                        "{\"a\":[1e-5,1e-6]},",
                        "{\"password\":1},",
                        "{,",
                        "]",
                        "\"")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(texts -> String.join("", texts));
        return Combinators.combine(
                        opening,
                        units,
                        Arbitraries.of("", "\"}", "0]}", "{}]", "]}"),
                        Arbitraries.of(",{\"password\":1}", "\n{\"b\":\"password\"}", ""),
                        Arbitraries.of(UTF_8, ISO_8859_1))
                .as((begin, unit, end, login, encoding) -> {
                    int room = Receivers.LIMIT - (begin + end + login).getBytes(encoding).length;
                    int times = room / unit.getBytes(encoding).length;
                    return (begin + unit.repeat(times) + end + login).getBytes(encoding);
                });
    }

    /** A message: the version of a good one, or what is wrong. */
    private static Arbitrary<Optional<String>> messages() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Optional.empty())), Tuple.of(3, broken().map(Optional::of)));
    }

    /**
     * Some leave brackets and texts open, and some close what is not theirs. None opens what another one could close so
     * well that both are one message, with those in between in it.
     */
    private static Arbitrary<String> broken() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "{\"kind\":\"ts.event\",\"data\":{",
                        "{\"kind\":\"ts.event\",\"data\":[",
                        "{\"kind\":\"ts.event\",\"data\":{\"a\":1}",
                        "{\"kind\":\"ts.event\",\"data\":{\"a\":1}}}",
                        "{\"kind\":\"ts.ev",
                        "{\"a\":[1,2}",
                        "{\"a\":[{\"b\":[",
                        "{\"a",
                        "[[",
                        "x}",
                        "x]",
                        "\"",
                        "{\"password\":\n\"" + PASSWORD + "\"}}",
                        "nonsense",
                        "7",
                        "null",
                        "\"a text\"",
                        "{}",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":1e400}",
                        "{\"a\":1e99999999999}",
                        "{\"a\":-1e-999999999}",
                        "{\"a\":\"\\u0000\"}",
                        "{\"a\":\"\\ud800\"}",
                        "{\"\\udc00\":1}",
                        "{\"kind\":\"\\ud83d\\ude00\",\"data\":[[]]}",
                        "{\"kind\":\"" + "k".repeat(300) + "\"}",
                        "{\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}",
                        "{" + LOGIN + "\"a\":1,\"a\":2}",
                        "{" + LOGIN + "\"data\":{" + LOGIN + "\"a\":[{" + LOGIN + "\"b\":1}]}}",
                        "{\"data\":{\"accountName\":\"0999000002-00001\"}}",
                        "{\"data\":{\"createdon\":\"-999999999-01-01T00:00:00Z\",\"deviceid\":\"x\"}}",
                        "{\"data\":{\"createdon\":\"9999-12-31T23:59:59.999999999-18:00\"}}"),
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withChars('é', '\u0001', '\ufeff')
                        .ofMaxLength(30)
                        .map(text -> "{\"data\":" + text.replaceAll("[\\[\\]{}\",\\\\]", "") + "}"));
    }

    private static Sent body(Sender sender, Shape shape, List<Optional<String>> messages, String blank) {
        boolean isDataArray = shape == Shape.DATA_ARRAY && sender == Sender.STREAM;
        List<String> good = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Optional<String> broken : messages) {
            if (broken.isPresent()) {
                // half of a login is refused with all that stands beside it, and here nobody is to be refused
                texts.add(sender == Sender.STREAM ? broken.get() : broken.get().replace("Password", "password"));
            } else {
                String version = "version-" + good.size();
                good.add(version);
                texts.add(isDataArray ? event(version) : sender.message(version));
            }
        }
        String body = isDataArray
                ? "{" + blank + "\"kind\":\"ts.event\",\"data\":" + blank + "[" + String.join("," + blank, texts)
                        + "],\"action\":\"create\"}"
                : shape == Shape.LINES ? String.join(blank + "\n", texts) : "[" + String.join(blank + ",", texts) + "]";
        return new Sent(sender, body, good);
    }

    private static String event(String version) {
        return "{\"kind\":\"ts.event\",\"id\":\"e1\",\"versionid\":\"" + version
                + "\",\"deviceid\":\"d0c1e0a1-0000-6abc-f001-0123456789ab\",\"createdon\":\"2026-03-02T16:05:26Z\","
                + "\"fields\":{\"battery\":\"8\"}}";
    }

    private static byte[] spoilt(byte[] body, Random chance, int changes) {
        byte[] spoilt = body.clone();
        for (int change = 0; change < changes && spoilt.length > 0; change++) {
            int at = chance.nextInt(spoilt.length);
            spoilt = switch (chance.nextInt(4)) {
                case 0 -> Arrays.copyOf(spoilt, at);
                case 1 -> set(spoilt, at, (byte) chance.nextInt(256));
                case 2 -> set(spoilt, at, (byte) "[]{}\",:\\\n\0".charAt(chance.nextInt(10)));
                default -> Arrays.copyOfRange(spoilt, at, spoilt.length);
            };
        }
        return spoilt;
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    /** Takes what DynamoDB takes. */
    private static final class ChoosyInbox implements CallbackInbox {

        private final InMemoryCallbackInbox inbox;

        ChoosyInbox(InMemoryStore store) {
            this.inbox = new InMemoryCallbackInbox(store);
        }

        @Override
        public boolean put(Delivery delivery) {
            int size = bytes(delivery.id().device(), 1, 2_048)
                    + bytes(delivery.id().sortKey(), 1, 1_024)
                    + bytes(delivery.kind(), 1, 400_000)
                    + bytes(delivery.payload(), 0, 400_000);
            assertThat(size).isLessThan(399_000);
            return inbox.put(delivery);
        }

        private static int bytes(String text, int least, int most) {
            assertThat(UTF_8.newEncoder().canEncode(text)).isTrue();
            int length = text.getBytes(UTF_8).length;
            assertThat(length).isBetween(least, most);
            return length;
        }

        @Override
        public boolean has(Delivery.DeliveryId id) {
            return inbox.has(id);
        }

        @Override
        public boolean mark(Delivery.DeliveryId id, Status status) {
            return inbox.mark(id, status);
        }

        @Override
        public List<Delivery> of(String device) {
            return inbox.of(device);
        }

        @Override
        public Page received(Instant from, Instant to, Optional<String> startAfter, int limit) {
            return inbox.received(from, to, startAfter, limit);
        }

        @Override
        public Page setAside(String reason, Optional<String> startAfter, int limit) {
            return inbox.setAside(reason, startAfter, limit);
        }

        @Override
        public String behind(Delivery delivery) {
            return inbox.behind(delivery);
        }
    }
}
