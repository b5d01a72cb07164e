package dev.fleetline.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One AWS service on a free loopback port, answering the few operations that our adapters use.
 *
 * <p>What it does not know it refuses by name, an operation as {@code UnsupportedOperation} and a parameter as {@code
 * UnsupportedParameter}, instead of ignoring it.
 */
public abstract sealed class StandIn implements AutoCloseable
        permits SecretsManagerStandIn, EventBridgeStandIn, SnsStandIn {

    /** What an operation understands and what it does. A parameter that ends in {@code .} allows all that start so. */
    record Operation(Set<String> parameters, Function<AwsCall, ObjectNode> carryOut) {

        Optional<String> firstUnknown(Collection<String> given) {
            return new TreeSet<>(given).stream().filter(name -> !knows(name)).findFirst();
        }

        private boolean knows(String name) {
            return parameters.contains(name)
                    || parameters.stream().anyMatch(known -> known.endsWith(".") && name.startsWith(known));
        }
    }

    // well above the largest call that any of the services takes, so that their own limits are what a caller meets
    private static final long LARGEST_BODY = 16L * 1024 * 1024;

    // held here, because java.util.logging forgets the level of a logger that nobody holds
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    private final WireProtocol protocol;
    private final Faults faults = new Faults();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final WebServer server;

    StandIn(WireProtocol protocol) {
        this.protocol = protocol;
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .maxPayloadSize(LARGEST_BODY)
                .routing(routing -> routing.post("/", this::serve))
                .build();
    }

    abstract Map<String, Operation> operations();

    /** Begins to listen; apart from construction, so that a subclass is complete before the first call arrives. */
    final void open() {
        // the server tells every start and stop: with one server per test that is most of what a build prints
        SERVER_LOG.setLevel(Level.WARNING);
        server.start();
    }

    /** Where clients are to be aimed. */
    public final URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Makes the next calls fail with a 500, without effect. */
    public final void failNext(int times) {
        failNext(times, Fault.BROKEN);
    }

    /** Makes the next calls fail, whatever they ask for. */
    public final void failNext(int times, Fault fault) {
        faults.arm(operation -> true, times, fault);
    }

    /** Makes the next calls of one operation fail; others pass. */
    public final void failNext(String operation, int times, Fault fault) {
        if (!operations().containsKey(operation)) {
            throw new IllegalArgumentException(unsupported(operation));
        }
        faults.arm(operation::equals, times, fault);
    }

    /** How often an operation has been asked for, the failed tries included. */
    public final int calls(String operation) {
        if (!operations().containsKey(operation)) {
            throw new IllegalArgumentException(unsupported(operation));
        }
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }

    @Override
    public final void close() {
        server.stop();
    }

    private void serve(ServerRequest request, ServerResponse response) {
        int status = 200;
        String body;
        try {
            AwsCall call = protocol.read(new WireProtocol.Request(
                    request.headers().first(HeaderNames.create("X-Amz-Target")),
                    request.content().as(String.class)));
            body = protocol.answer(call, result(call));
        } catch (AwsRefusal refusal) {
            status = refusal.status();
            body = protocol.refusal(refusal);
        } catch (RuntimeException bug) {
            // the type alone: a message could quote what the call carried, and calls carry secrets
            AwsRefusal refusal = AwsRefusal.receiver(
                    getClass().getSimpleName() + " failed: " + bug.getClass().getName());
            status = refusal.status();
            body = protocol.refusal(refusal);
        }
        response.status(Status.create(status));
        response.headers().set(HeaderNames.CONTENT_TYPE, protocol.contentType());
        response.send(body);
    }

    private ObjectNode result(AwsCall call) {
        Operation operation = operations().get(call.operation());
        if (operation == null) {
            throw AwsRefusal.sender("UnsupportedOperation", unsupported(call.operation()));
        }
        calls.computeIfAbsent(call.operation(), name -> new AtomicInteger()).incrementAndGet();
        operation
                .firstUnknown(call.parameters()
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList())
                .ifPresent(unknown -> {
                    throw AwsRefusal.sender(
                            "UnsupportedParameter",
                            call.operation() + " with " + unknown + " is not answered here: " + addIt());
                });
        Optional<Fault> fault = faults.next(call.operation());
        if (fault.filter(Fault.THROTTLED::equals).isPresent()) {
            throw AwsRefusal.sender("ThrottlingException", "Rate exceeded (armed by a test)");
        }
        if (fault.filter(Fault.BROKEN::equals).isPresent()) {
            throw AwsRefusal.receiver(call.operation() + " failed (armed by a test)");
        }
        ObjectNode result = operation.carryOut().apply(call);
        if (fault.filter(Fault.ANSWER_LOST::equals).isPresent()) {
            throw AwsRefusal.receiver(call.operation() + " was done, its answer lost (armed by a test)");
        }
        return result;
    }

    private String unsupported(String operation) {
        return "UnsupportedOperation: " + operation + " is not answered here: " + addIt();
    }

    private String addIt() {
        return "add it to " + getClass().getSimpleName() + " with its contract test";
    }
}
