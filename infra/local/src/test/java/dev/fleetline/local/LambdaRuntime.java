package dev.fleetline.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.functions.HostedFunction;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * One packaged function in a JVM of its own, as Lambda runs it: the unpacked archive is the working directory, the real
 * runtime interface client alone is on the class path, and the Runtime API that it asks for events is here.
 */
final class LambdaRuntime implements AutoCloseable {

    /** Only a JVM that hangs needs so long. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final String API = "/2018-06-01/runtime";
    private static final int LONGEST_OUTPUT = 4_000;

    private final HostedFunction function;
    private final Path output;
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer api;
    private final Process process;

    /** What the function's process said to one event, or instead of taking one. */
    private record Answer(boolean isReply, String text) {}

    private LambdaRuntime(HostedFunction function, Path code, Path scratch) throws IOException {
        this.function = function;
        this.output = scratch.resolve(function.module() + ".log");
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext(API + "/invocation/next", this::next);
        api.createContext(API, this::answered);
        api.setExecutor(threads);
        api.start();
        process = process(code, scratch);
        var _ = process.onExit()
                .thenAccept(ended -> answers.add(new Answer(false, "the process ended: " + ended.exitValue())));
    }

    /**
     * Starts a JVM for a function; returns without waiting for it.
     *
     * @param function says handler, memory and environment
     * @param code the unpacked archive
     * @param scratch for what the process writes
     */
    static LambdaRuntime start(HostedFunction function, Path code, Path scratch) throws IOException {
        return new LambdaRuntime(function, code, scratch);
    }

    /** The reply to an event; an {@link AssertionError} with all that is known when there is none. */
    JsonNode invoke(JsonNode event) throws IOException, InterruptedException {
        events.add(event);
        Answer answer = Optional.ofNullable(answers.poll(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .orElse(new Answer(false, "no answer within " + LONGEST));
        if (!answer.isReply()) {
            throw new AssertionError(function.module() + " failed: " + answer.text() + "\n" + written());
        }
        return EdgeJson.JSON.readTree(answer.text());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        api.stop(0);
        threads.shutdownNow();
    }

    private Process process(Path code, Path scratch) throws IOException {
        int memory = function.properties().path("MemorySize").asInt();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + memory * 85 / 100 + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + scratch,
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        runtimeJars(),
                        AWSLambda.class.getName(),
                        handler())
                .directory(code.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(function.environment());
        environment.put(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.module());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memory));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.module());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "loopback");
        environment.put("LAMBDA_TASK_ROOT", code.toString());
        environment.put("_HANDLER", handler());
        return builder.start();
    }

    private String handler() {
        return function.properties().path("Handler").asText();
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            byte[] event = EdgeJson.JSON.writeValueAsBytes(events.take());
            Instant deadline = Instant.now()
                    .plusSeconds(function.properties().path("Timeout").asInt());
            var headers = exchange.getResponseHeaders();
            headers.add("Content-Type", "application/json");
            headers.add("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
            headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
            headers.add(
                    "Lambda-Runtime-Invoked-Function-Arn",
                    "arn:aws:lambda:us-east-1:000000000000:function:" + function.module());
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** {@code …/response}, {@code …/error} or {@code …/init/error}. */
    private void answered(HttpExchange exchange) throws IOException {
        String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        answers.add(new Answer(exchange.getRequestURI().getPath().endsWith("/response"), said));
    }

    private String written() throws IOException {
        String all = Files.readString(output);
        return all.substring(Math.max(0, all.length() - LONGEST_OUTPUT));
    }

    /** What Lambda itself puts on the class path; the function's own are found by the client. */
    private static String runtimeJars() {
        return Stream.of(
                        AWSLambda.class, PojoSerializer.class, RequestStreamHandler.class, SdkInternalThreadLocal.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
