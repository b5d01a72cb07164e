package dev.fleetline.local;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.Pause;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.local.functions.HostedFunction;
import dev.fleetline.local.functions.HostedFunctions;
import dev.fleetline.local.functions.Hosting;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.StoreGate;
import dev.fleetline.testing.template.Template;
import dev.fleetline.thingspacesimulator.SimulatorConfig;
import dev.fleetline.thingspacesimulator.ThingSpaceSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Everything that the template deploys, and ThingSpace beside it, on loopback; but nothing happens by itself: no queue,
 * stream, rule or schedule wakes a function. So two of them stay alike as long as the same is done in both.
 */
final class StillWorld implements AutoCloseable {

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final ThingSpaceSimulator simulator;
    private final LocalAws aws;
    private final HostedFunctions functions;

    /** What people put there, they put there an hour ago. */
    private volatile Duration behind = Duration.ofHours(1);

    /** With a ThingSpace token, and with the stream key and the login that the samples of deliveries carry. */
    StillWorld() {
        simulator = ThingSpaceSimulator.start(SimulatorConfig.onPort(0));
        aws = LocalAws.start(
                Template.read(),
                Map.of(
                        "Stage", "local",
                        "Account", "0999000001-00001",
                        "ThingSpaceCoreUrl", simulator.baseUri() + "/core",
                        "ThingSpaceM2mUrl", simulator.baseUri() + "/thingspace",
                        "ThingSpaceEdgeUrl", simulator.baseUri() + "/5gedge"),
                new LocalAws.Stage(() -> Instant.now().minus(behind), UUID::randomUUID, events::add, StoreGate.OPEN));
        aws.createSecrets(Map.of(
                "/core/client",
                Platform.credentials(simulator.baseUri()).path("core"),
                "/callback",
                LocalAws.object(Map.of(
                        "username", "cbuser",
                        "password", "cb-secret-example",
                        "streamKey", "stream-key-for-samples"))));
        behind = Duration.ZERO;
        // whose first step is played by the samples of callback-secret-rotation
        aws.secretsClient().rotateSecret(rotation -> rotation.secretId("fleetline/local/callback")
                .clientRequestToken("00000000-0000-4000-8000-000000000002")
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:rotation:live"));
        upload("incoming/check/every-fault.csv");
        upload("incoming/apply/every-fault.csv");
        functions = HostedFunctions.start(aws.resolver(), this::surroundings, Hosting.PLAIN, UUID::randomUUID);
        var adapters = new Adapters(aws, functions, InstantSource.system());
        new Platform(simulator.baseUri(), adapters.platform(), UUID::randomUUID).authorize();
    }

    /** What the samples of bulk-onboarding say was uploaded. */
    private void upload(String key) {
        JsonNode files = aws.files();
        URI endpoint = URI.create(files.path("endpoint").asText());
        try (S3Client s3 = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), endpoint))
                .build()) {
            new S3FileStore(s3, files.path("bucket").asText())
                    .write(
                            key,
                            PackagedFunctionsIT.root().resolve("events/samples/bulk-onboarding/every-fault.csv"),
                            "text/csv");
        }
    }

    /** Every function of the template, in this process, set as it would be in a process of its own. */
    Collection<HostedFunction> functions() {
        return functions.all();
    }

    HostedFunction function(String module) {
        return functions.find(module).orElseThrow();
    }

    /** How many items there are in each table, and how many events of each type were put on the bus. */
    Map<String, Long> contents() {
        var contents = new TreeMap<String, Long>();
        aws.dynamo()
                .client()
                .listTablesPaginator()
                .tableNames()
                .forEach(table -> contents.put(
                        "items in " + table,
                        aws.dynamo().client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                                .count()));
        events.stream()
                .map(event -> "events " + event.path("detail-type").asText())
                .collect(toMap(name -> name, _ -> 1L, Long::sum))
                .forEach(contents::put);
        return contents;
    }

    @Override
    public void close() {
        aws.close();
        simulator.close();
    }

    private Surroundings surroundings(Map<String, String> variables) {
        var environment = new LinkedHashMap<>(aws.endpoints());
        environment.putAll(variables);
        return new Surroundings(environment, InstantSource.system(), Pause.real(), RandomGenerator.getDefault());
    }
}
