package dev.fleetline.testing.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * DynamoDB Local in this JVM, in memory, over HTTP on a free loopback port.
 *
 * <p>All clients see the same tables, whatever credentials and region they use. It is built from its parts, because
 * {@code ServerRunner} and {@code DynamoDBEmbedded} both send usage telemetry; the build and the local runner also set
 * {@code DDB_LOCAL_TELEMETRY=0}.
 */
public final class LocalDynamo implements AutoCloseable {

    private final DynamoDBProxyServer server;
    private final URI endpoint;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    private LocalDynamo(DynamoDBProxyServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
        this.client = LoopbackAws.aim(DynamoDbClient.builder(), endpoint).build();
        this.streams =
                LoopbackAws.aim(DynamoDbStreamsClient.builder(), endpoint).build();
    }

    /** Starts without any table. */
    public static LocalDynamo start() {
        return start(StoreGate.OPEN);
    }

    /** Starts without any table, behind that gate: every call comes there first, also those of its own clients. */
    public static LocalDynamo start(StoreGate gate) {
        try {
            int port = freePort();
            boolean inMemory = true;
            boolean sharedByAllCredentialsAndRegions = true;
            boolean delayTransientStatuses = false;
            var requests = new LocalDynamoDBRequestHandler(
                    0, inMemory, null, sharedByAllCredentialsAndRegions, delayTransientStatuses);
            var server = new DynamoDBProxyServer(port, new GatedHandler(requests, gate));
            server.start();
            return new LocalDynamo(server, URI.create("http://127.0.0.1:" + port));
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        }
    }

    /** Where clients are to be aimed. */
    public URI endpoint() {
        return endpoint;
    }

    /** A client that lives as long as the server. */
    public DynamoDbClient client() {
        return client;
    }

    /** A reader of the tables' streams that lives as long as the server. */
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public void close() {
        client.close();
        streams.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
