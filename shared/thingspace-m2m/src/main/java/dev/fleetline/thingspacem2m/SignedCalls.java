package dev.fleetline.thingspacem2m;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.carrier.CarrierReply;
import dev.fleetline.carrier.CarrierReply.AlreadyDone;
import dev.fleetline.carrier.CarrierReply.Ok;
import dev.fleetline.carrier.CarrierReply.Refused;
import dev.fleetline.carrier.CarrierReply.Unclear;
import dev.fleetline.carrier.SignedListeners.Registration;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.tokens.TokenSource;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the two APIs of signed callbacks have in common; a key is in no reply but the one that brings it. */
final class SignedCalls {

    private final M2mCalls calls;
    private final String keyHeader;

    SignedCalls(TokenSource tokens, Duration timeout, String keyHeader) {
        this.calls = new M2mCalls(tokens, timeout);
        this.keyHeader = keyHeader;
    }

    /** Of the listeners that are listed there, each with its address in the field of that name. */
    CarrierReply<List<SignedListener>> list(URI at, String addressField) {
        return calls.call(
                HttpRequest.newBuilder(at).GET(),
                json -> json.isArray()
                        ? Optional.of(json.valueStream()
                                .flatMap(one -> service(one)
                                        .map(service -> new SignedListener(
                                                service, one.path(addressField).asText(""))))
                                .toList())
                        : Optional.empty(),
                M2mCalls::later);
    }

    CarrierReply<Registration> register(URI at, ObjectNode body, String service) {
        return calls.callWithAll(
                HttpRequest.newBuilder(at)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())),
                answer -> Optional.of(new Registration(service, key(answer.headers())))
                        .filter(registration -> answer.body().isContainerNode()
                                || registration.key().isPresent()),
                Unclear::new);
    }

    /** A refusal may only mean that nobody was called: so the list decides. */
    CarrierReply<String> deregister(URI at, String service, Listed listed) {
        CarrierReply<String> reply = calls.call(
                HttpRequest.newBuilder(at).DELETE(),
                json -> Optional.of(service).filter(_ -> json.isContainerNode()),
                Unclear::new);
        return reply instanceof Refused<String>
                        && listed.listeners() instanceof Ok<List<SignedListener>>(var all)
                        && all.stream().noneMatch(one -> one.service().equals(service))
                ? new AlreadyDone<>()
                : reply;
    }

    /** Asks for the list. */
    interface Listed {
        CarrierReply<List<SignedListener>> listeners();
    }

    private Optional<String> key(HttpHeaders headers) {
        return headers.firstValue(keyHeader).map(String::strip).filter(key -> !key.isEmpty());
    }

    /** Registering calls it {@code name} where the lists of the SDK's pages and of other APIs have {@code serviceName}. */
    private static Stream<String> service(JsonNode listener) {
        return Stream.of("serviceName", "name")
                .map(field -> listener.path(field).asText(""))
                .filter(name -> !name.isBlank())
                .limit(1);
    }
}
