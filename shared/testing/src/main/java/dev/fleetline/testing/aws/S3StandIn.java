package dev.fleetline.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * S3 as far as somebody puts an object and gets it: with the bucket in the path, and telling each new object as S3 tells
 * EventBridge, before it answers. Everything else it refuses by name.
 */
public final class S3StandIn implements AutoCloseable {

    /** More than any file of ours may have, so that our own limit is what a caller meets. */
    private static final long LARGEST_BODY = 80L * 1024 * 1024;

    // held here, because java.util.logging forgets the level of a logger that nobody holds
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    /** What a call may have behind its question mark: the SDK says with it what it means, and no more. */
    private static final String MEANT = "x-id";

    /** An object as it was put. */
    private static final class Kept {
        private final byte[] content;
        private final String tag;
        private final String contentType;

        Kept(byte[] content, String tag, String contentType) {
            this.content = content;
            this.tag = tag;
            this.contentType = contentType;
        }
    }

    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Set<String> buckets;
    private final Consumer<JsonNode> delivery;
    private final Map<String, Kept> objects = new ConcurrentHashMap<>();
    private final WebServer server;

    private S3StandIn(InstantSource clock, Supplier<UUID> ids, Set<String> buckets, Consumer<JsonNode> delivery) {
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.buckets = Set.copyOf(buckets);
        this.delivery = requireNonNull(delivery, "delivery");
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .maxPayloadSize(LARGEST_BODY)
                .routing(routing -> routing.any(this::serve))
                .build();
    }

    /**
     * Starts with the buckets of these names and no other.
     *
     * @param delivery gets {@code Object Created} of each object that is put, as EventBridge would deliver it
     */
    public static S3StandIn start(
            InstantSource clock, Supplier<UUID> ids, Set<String> buckets, Consumer<JsonNode> delivery) {
        var s3 = new S3StandIn(clock, ids, buckets, delivery);
        SERVER_LOG.setLevel(Level.WARNING);
        s3.server.start();
        return s3;
    }

    /** Where clients are to be aimed. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }

    private void serve(ServerRequest request, ServerResponse response) {
        try {
            answer(request, response);
        } catch (AwsRefusal refusal) {
            refuse(response, refusal);
        } catch (RuntimeException bug) {
            // the type alone: a message could quote what the file holds
            refuse(
                    response,
                    AwsRefusal.receiver("S3StandIn failed: " + bug.getClass().getName()));
        }
    }

    private void answer(ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        String path = request.path().rawPath();
        int slash = path.indexOf('/', 1);
        String bucket = decoded(path.substring(1, slash < 0 ? path.length() : slash));
        String key = slash < 0 ? "" : decoded(path.substring(slash + 1));
        var asked = new TreeSet<>(request.query().names());
        asked.remove(MEANT);
        String what = method
                + (key.isEmpty() ? " of a bucket" : " of an object")
                + (asked.isEmpty() ? "" : " with " + String.join(", ", asked));
        if (key.isEmpty() || !asked.isEmpty() || !Set.of("GET", "PUT").contains(method)) {
            throw AwsRefusal.sender(
                    "NotImplemented", what + " is not answered here: add it to S3StandIn with its contract test");
        }
        if (!buckets.contains(bucket)) {
            throw AwsRefusal.notFound("NoSuchBucket", "The specified bucket does not exist: " + bucket);
        }
        if (method.equals("PUT")) {
            put(bucket, key, request, response);
        } else {
            get(bucket, key, response);
        }
    }

    private void put(String bucket, String key, ServerRequest request, ServerResponse response) {
        byte[] content = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        if (request.headers().first(HeaderNames.create("Content-Encoding")).isPresent()) {
            throw AwsRefusal.sender(
                    "NotImplemented", "a body in pieces is not answered here: add it to S3StandIn with its test");
        }
        String tag = "\"" + md5(content) + "\"";
        objects.put(
                bucket + "/" + key,
                new Kept(
                        content,
                        tag,
                        request.headers().first(HeaderNames.CONTENT_TYPE).orElse("binary/octet-stream")));
        delivery.accept(created(bucket, key, content.length, tag));
        response.headers().set(HeaderNames.ETAG, tag);
        response.status(Status.OK_200);
        response.send();
    }

    private void get(String bucket, String key, ServerResponse response) {
        Kept kept = objects.get(bucket + "/" + key);
        if (kept == null) {
            throw AwsRefusal.notFound("NoSuchKey", "The specified key does not exist.");
        }
        response.headers().set(HeaderNames.ETAG, kept.tag);
        response.headers().set(HeaderNames.CONTENT_TYPE, kept.contentType);
        response.headers().set(HeaderNames.CONTENT_LENGTH, Integer.toString(kept.content.length));
        response.status(Status.OK_200);
        response.send(kept.content);
    }

    private ObjectNode created(String bucket, String key, int size, String tag) {
        ObjectNode event = ExactJson.MAPPER
                .createObjectNode()
                .put("version", "0")
                .put("id", ids.get().toString())
                .put("detail-type", "Object Created")
                .put("source", "aws.s3")
                .put("account", LoopbackAws.ACCOUNT)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", LoopbackAws.REGION);
        event.putArray("resources").add("arn:aws:s3:::" + bucket);
        ObjectNode detail = event.putObject("detail").put("version", "0");
        detail.putObject("bucket").put("name", bucket);
        detail.putObject("object")
                .put("key", key)
                .put("size", size)
                .put("etag", tag.replace("\"", ""))
                .put("sequencer", "%016X".formatted(clock.millis()));
        detail.put("request-id", ids.get().toString())
                .put("requester", LoopbackAws.ACCOUNT)
                .put("source-ip-address", "127.0.0.1")
                .put("reason", "PutObject");
        return event;
    }

    private static void refuse(ServerResponse response, AwsRefusal refusal) {
        response.status(Status.create(refusal.status()));
        response.headers().set(HeaderNames.CONTENT_TYPE, "application/xml");
        response.send("<Error><Code>" + refusal.code() + "</Code><Message>"
                + String.valueOf(refusal.getMessage())
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                + "</Message></Error>");
    }

    /** A path has {@code +} for itself, where a form has it for a blank. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
