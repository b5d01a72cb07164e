package dev.fleetline.thingspacecore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.carrier.CarrierGateway;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.TokenRefused;
import dev.fleetline.carrier.CarrierReply.TryLater;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.CarrierStreams.StreamTarget;
import dev.fleetline.device.DeviceId;
import dev.fleetline.device.Imei;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenSource.Usable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Verizon's Core API. Sends each call once and never again by itself: whether to ask again is its caller's decision, who
 * keeps the state. Tells the source of tokens which version was refused.
 */
public final class CoreGateway implements CarrierGateway {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String NOT_FOUND = "NOT_FOUND";

    /** A page of devices with all that they say is far below the largest body. */
    private static final int PAGE = 500;

    /** Far above any page of devices. */
    private static final long LARGEST_BODY = 8L * 1024 * 1024;

    private final CorePaths paths;
    private final TokenSource tokens;
    private final Duration timeout;
    private final Optional<String> providerId;
    private final HttpClient http;

    /**
     * Speaks to the host at {@code baseUrl} ({@code https://core.thingspace.verizon.com}) and waits for each answer, to
     * the end of its body, at most {@code timeout}; devices are registered with the provider that the platform chooses.
     */
    public CoreGateway(URI baseUrl, TokenSource tokens, Duration timeout) {
        this(baseUrl, tokens, timeout, "");
    }

    /** The same, registering devices with this provider's id (blank: the platform chooses). */
    public CoreGateway(URI baseUrl, TokenSource tokens, Duration timeout, String providerId) {
        this.paths = new CorePaths(baseUrl);
        this.tokens = tokens;
        this.timeout = timeout;
        this.providerId = Optional.of(providerId).filter(id -> !id.isBlank());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** By its id where that is known, for which the answer was recorded; else by its IMEI. */
    @Override
    public CarrierReply<Optional<CarrierDevice>> find(Line line) {
        return line.uid()
                .map(uid -> shown(get(uid)))
                .orElseGet(() -> call(
                        CoreCall.READ,
                        request(paths.devicesWith(line.imei())).GET(),
                        json -> among(json, line.imei())));
    }

    private static CarrierReply<Optional<CarrierDevice>> shown(CarrierReply<CarrierDevice> reply) {
        return reply instanceof Refused<CarrierDevice>(var code, var _, var _) && code.equals(NOT_FOUND)
                ? new Ok<>(Optional.empty())
                : reply.map(Optional::of);
    }

    private CarrierReply<CarrierDevice> get(DeviceId uid) {
        return call(CoreCall.READ, request(paths.device(uid)).GET(), CoreDocuments::device);
    }

    @Override
    public CarrierReply<CarrierDevice> register(NewDevice device) {
        return call(
                CoreCall.CREATE,
                posting(paths.devices(), CoreDocuments.registration(device, providerId)),
                CoreDocuments::device);
    }

    @Override
    public CarrierReply<Acceptance> activate(Activation activation) {
        if (activation.lines().size() != mostAtOnce()) {
            throw new IllegalArgumentException("Core activates one device at a time, not "
                    + activation.lines().size());
        }
        return activation.lines().getFirst().uid().map(this::activate).orElseGet(CoreGateway::notThere);
    }

    private CarrierReply<Acceptance> activate(DeviceId uid) {
        return call(
                CoreCall.ACTIVATE,
                posting(paths.activation(uid), "{}"),
                body -> CoreDocuments.read(body).map(_ -> new Acceptance(Optional.empty())),
                refusal -> whetherActive(uid, refusal));
    }

    @Override
    public int mostAtOnce() {
        return 1;
    }

    /** Core gives no id for a request. */
    @Override
    public CarrierReply<Progress> progress(String account, String requestId) {
        return new Refused<>("NOT_OFFERED", "this platform has no requests to ask about");
    }

    /** {@code after} is the number of the page before. What the platform calls the last page was never recorded. */
    @Override
    public CarrierReply<Page> list(String account, Optional<String> after) {
        int page = after.map(Integer::parseInt).orElse(0) + 1;
        return call(CoreCall.READ, request(paths.devices(page, PAGE)).GET(), json -> page(json, page));
    }

    private static Optional<Page> page(JsonNode json, int number) {
        if (!json.isArray()) {
            return Optional.empty();
        }
        List<CarrierDevice> devices = json.valueStream()
                .flatMap(entry -> CoreDocuments.device(entry).stream())
                .toList();
        return Optional.of(
                new Page(devices, json.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(number))));
    }

    /** Makes a place to which streams can be sent. */
    CarrierReply<String> createTarget(StreamTarget target) {
        return call(CoreCall.CREATE, posting(paths.targets(), CoreDocuments.target(target)), CoreDocuments::id);
    }

    /** Has a stream sent to a target; AlreadyDone when there is a subscription of that kind. */
    CarrierReply<String> createSubscription(String targetId, String streamKind, String name) {
        return call(
                CoreCall.CREATE,
                posting(paths.subscriptions(), CoreDocuments.subscription(targetId, streamKind, name)),
                CoreDocuments::id);
    }

    /** Compares the IMEIs itself: a platform that passes over an unknown query answers with every device. */
    private static Optional<Optional<CarrierDevice>> among(JsonNode json, Imei imei) {
        if (!json.isArray()) {
            return Optional.empty();
        }
        return Optional.of(StreamSupport.stream(json.spliterator(), false)
                .flatMap(entry -> CoreDocuments.device(entry).stream())
                .filter(device -> device.imei().equals(Optional.of(imei)))
                .findFirst());
    }

    /** An activation that the device's state forbids is done when the device is ready, and refused otherwise. */
    private CarrierReply<Acceptance> whetherActive(DeviceId uid, Refused<Acceptance> refusal) {
        return switch (get(uid)) {
            case Ok<CarrierDevice>(var device) when device.active() -> new AlreadyDone<>();
            case Ok<CarrierDevice> _, Refused<CarrierDevice> _, AlreadyDone<CarrierDevice> _ -> refusal;
            case TokenRefused<CarrierDevice>(var secret, var versionId) -> new TokenRefused<>(secret, versionId);
            case TryLater<CarrierDevice>(var after, var reason) -> new TryLater<>(after, reason);
            case Unclear<CarrierDevice>(var reason) -> new TryLater<>(SOON, reason);
        };
    }

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri);
    }

    static HttpRequest.Builder posting(URI uri, String body) {
        return sending("POST", uri, body);
    }

    static HttpRequest.Builder sending(String method, URI uri, String body) {
        return request(uri).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    CorePaths paths() {
        return paths;
    }

    /** A call whose answer is read. */
    <T> CarrierReply<T> call(CoreCall call, HttpRequest.Builder request, Function<JsonNode, Optional<T>> read) {
        return call(call, request, body -> CoreDocuments.read(body).flatMap(read), refusal -> refusal);
    }

    /** A call whose answer has nothing to read; when it was done, the answer is {@code value}. */
    <T> CarrierReply<T> order(CoreCall call, HttpRequest.Builder request, T value) {
        return call(call, request, _ -> Optional.of(value), refusal -> refusal);
    }

    private <T> CarrierReply<T> call(
            CoreCall call,
            HttpRequest.Builder request,
            Function<String, Optional<T>> read,
            Function<Refused<T>, CarrierReply<T>> wrongState) {
        return switch (tokens.token(TokenRealm.CORE)) {
            case Usable.None(var secret, var versionId, var _) -> new TokenRefused<>(secret, versionId);
            case Usable.Token token -> {
                HttpRequest signed = request.timeout(timeout)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token.value())
                        .build();
                CompletableFuture<HttpResponse<String>> answer =
                        http.sendAsync(signed, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_BODY));
                try {
                    yield reply(call, answer.get(timeout.toMillis(), MILLISECONDS), token, read, wrongState);
                } catch (ExecutionException e) {
                    yield unanswered(call, e);
                } catch (TimeoutException e) {
                    answer.cancel(true);
                    yield nothingSaid(call, "no answer within " + timeout);
                } catch (InterruptedException e) {
                    answer.cancel(true);
                    Thread.currentThread().interrupt();
                    yield nothingSaid(call, "interrupted while waiting for the answer");
                }
            }
        };
    }

    private static <T> CarrierReply<T> unanswered(CoreCall call, ExecutionException failure) {
        return switch (failure.getCause()) {
            case ConnectException e -> unreachable(e);
            case HttpConnectTimeoutException e -> unreachable(e);
            case IOException e -> nothingSaid(call, "no answer: " + e.getClass().getSimpleName());
            case null, default -> throw new IllegalStateException("asking the platform failed", failure);
        };
    }

    private static <T> CarrierReply<T> unreachable(IOException e) {
        return new TryLater<>(
                SOON, "the platform cannot be reached: " + e.getClass().getSimpleName());
    }

    private <T> CarrierReply<T> reply(
            CoreCall call,
            HttpResponse<String> answer,
            Usable.Token token,
            Function<String, Optional<T>> read,
            Function<Refused<T>, CarrierReply<T>> wrongState) {
        int status = answer.statusCode();
        CoreError error = CoreDocuments.error(answer.body());
        return switch (CoreAnswers.of(call, status, error)) {
            case YES ->
                read.apply(answer.body())
                        .<CarrierReply<T>>map(Ok::new)
                        .orElseGet(() -> nothingSaid(call, "status " + status + " with a body that cannot be read"));
            case TOKEN_REFUSED -> {
                tokens.refused(TokenRealm.CORE, token.versionId());
                yield new TokenRefused<>(token.secret(), token.versionId());
            }
            case ALREADY_DONE -> new AlreadyDone<>();
            case WRONG_STATE -> wrongState.apply(refused(status, error));
            case REFUSED -> refused(status, error);
            case NOT_NOW -> new TryLater<>(retryAfter(answer), "status " + status);
            case NOTHING_SAID -> nothingSaid(call, "status " + status);
        };
    }

    private static <T> CarrierReply<T> notThere() {
        return new Refused<>(NOT_FOUND, "the platform has no such device");
    }

    private static <T> Refused<T> refused(int status, CoreError error) {
        String said = error.code().isBlank() ? "HTTP_" + status : error.code().toUpperCase(Locale.ROOT);
        return new Refused<>(status == 404 ? NOT_FOUND : said, error.description());
    }

    private static <T> CarrierReply<T> nothingSaid(CoreCall call, String reason) {
        return call.isWrite() ? new Unclear<>(reason) : new TryLater<>(SOON, reason);
    }

    /** As the platform asks for, in seconds, within reason. */
    private static Duration retryAfter(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(SOON);
    }
}
