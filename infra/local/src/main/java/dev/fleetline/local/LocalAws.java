package dev.fleetline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.local.aws.ElasticMqQueues;
import dev.fleetline.testing.aws.EventBridgeStandIn;
import dev.fleetline.testing.aws.LocalDynamo;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import dev.fleetline.testing.aws.SnsStandIn;
import dev.fleetline.testing.aws.StoreGate;
import dev.fleetline.testing.template.LocalTables;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.ResourceAnswers;
import dev.fleetline.testing.template.Template;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** AWS as far as the template asks for it, on loopback: tables, queues, secrets, bus and topics that it declares. */
final class LocalAws implements AutoCloseable {

    private static final String STACK = "fleetline-local";

    private final LocalDynamo dynamo;
    private final ElasticMqQueues queues;
    private final SecretsManagerStandIn secrets;
    private final EventBridgeStandIn eventBridge;
    private final SnsStandIn sns;
    private final S3StandIn s3;
    private final String filesBucket;
    private final Resolver resolver;
    private final LocalTables tables;
    private final Map<String, String> queueUrlsByArn = new LinkedHashMap<>();
    private final String busName;
    private final EventBridgeClient eventBridgeClient;
    private final SecretsManagerClient secretsClient;
    private final SnsClient snsClient;

    private LocalAws(
            LocalDynamo dynamo,
            ElasticMqQueues queues,
            SecretsManagerStandIn secrets,
            Template template,
            Map<String, String> parameters,
            Stage stage) {
        this.dynamo = dynamo;
        this.queues = queues;
        this.secrets = secrets;
        ResourceAnswers answers = ResourceAnswers.onLoopback(queues.endpoint()).orElse(LocalAws::byName);
        Resolver withoutStreams = Resolver.of(template, STACK, parameters, answers);
        this.tables = LocalTables.create(dynamo.client(), template, withoutStreams);
        this.resolver = Resolver.of(template, STACK, parameters, tables.orElse(answers));
        queues.create(template, resolver)
                .forEach((logicalId, url) -> queueUrlsByArn.put(resolver.getAtt(logicalId, "Arn"), url));
        Set<String> buses = template.resourcesOf("AWS::Events::EventBus").stream()
                .filter(resolver::exists)
                .map(bus -> resolver.physicalName(bus, "Name"))
                .collect(Collectors.toSet());
        this.busName = buses.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("template.yaml declares no AWS::Events::EventBus"));
        this.eventBridge = EventBridgeStandIn.start(stage.clock(), stage.ids(), buses, stage.delivery());
        Set<String> topics = template.resourcesOf("AWS::SNS::Topic").stream()
                .filter(resolver::exists)
                .map(topic -> resolver.ref(topic.logicalId()))
                .collect(Collectors.toSet());
        this.sns = SnsStandIn.start(topics, stage.ids());
        Set<String> buckets = template.resourcesOf("AWS::S3::Bucket").stream()
                .filter(resolver::exists)
                .map(bucket -> resolver.ref(bucket.logicalId()))
                .collect(Collectors.toSet());
        this.filesBucket = buckets.stream().findFirst().orElse("");
        this.s3 = S3StandIn.start(stage.clock(), stage.ids(), buckets, stage.delivery());
        this.eventBridgeClient = LoopbackAws.aim(EventBridgeClient.builder(), eventBridge.endpoint())
                .build();
        this.secretsClient = LoopbackAws.aim(SecretsManagerClient.builder(), secrets.endpoint())
                .build();
        this.snsClient = LoopbackAws.aim(SnsClient.builder(), sns.endpoint()).build();
    }

    /**
     * What the services need of the process around them.
     *
     * @param delivery gets every event that the bus accepted
     * @param gate stands before the tables
     */
    record Stage(InstantSource clock, Supplier<UUID> ids, Consumer<JsonNode> delivery, StoreGate gate) {}

    static LocalAws start(Template template, Map<String, String> parameters, Stage stage) {
        return new LocalAws(
                LocalDynamo.start(stage.gate()),
                ElasticMqQueues.start(stage.clock()),
                SecretsManagerStandIn.start(stage.clock()),
                template,
                parameters,
                stage);
    }

    LocalDynamo dynamo() {
        return dynamo;
    }

    ElasticMqQueues queues() {
        return queues;
    }

    Resolver resolver() {
        return resolver;
    }

    LocalTables tables() {
        return tables;
    }

    SnsStandIn sns() {
        return sns;
    }

    /** Where its files are: the address of S3, and the bucket. */
    ObjectNode files() {
        return object(Map.of("endpoint", s3.endpoint().toString(), "bucket", filesBucket));
    }

    SecretsManagerClient secretsClient() {
        return secretsClient;
    }

    /** The URL of the queue with this ARN, if it is one of ours. */
    Optional<String> queueUrl(String arn) {
        return Optional.ofNullable(queueUrlsByArn.get(arn));
    }

    /** Every queue's URL by its ARN. */
    Map<String, String> queueUrlsByArn() {
        return Map.copyOf(queueUrlsByArn);
    }

    /** Creates every secret that the template declares, with the value given for its name, else the template's own. */
    void createSecrets(Map<String, JsonNode> values) {
        for (Resource secret : resolver.template().resourcesOf("AWS::SecretsManager::Secret")) {
            if (resolver.exists(secret)) {
                String name = resolver.physicalName(secret, "Name");
                String declared =
                        resolver.properties(secret).path("SecretString").asText("{}");
                String value = values.entrySet().stream()
                        .filter(entry -> name.endsWith(entry.getKey()))
                        .findFirst()
                        .map(entry -> entry.getValue().toString())
                        .orElse(declared);
                secretsClient.createSecret(request -> request.name(name).secretString(value));
            }
        }
    }

    /** Puts a new value into the secret whose name ends so. */
    void fillIn(String secret, JsonNode value) {
        String name = nameOf(secret);
        secretsClient.putSecretValue(request -> request.secretId(name).secretString(value.toString()));
    }

    /** What is in the secret whose name ends so. */
    JsonNode secret(String secret) {
        String name = nameOf(secret);
        try {
            return EdgeJson.JSON.readTree(secretsClient
                    .getSecretValue(request -> request.secretId(name))
                    .secretString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("secret " + name + " is not JSON", e);
        }
    }

    private String nameOf(String secret) {
        Resource declared = resolver.template().resourcesOf("AWS::SecretsManager::Secret").stream()
                .filter(one -> resolver.physicalName(one, "Name").endsWith(secret))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("template.yaml declares no secret " + secret));
        return resolver.physicalName(declared, "Name");
    }

    /** Puts an event on the bus, as anybody may; the reason when the bus does not take it. */
    Optional<String> put(String source, String detailType, ObjectNode detail) {
        return eventBridgeClient
                .putEvents(request -> request.entries(PutEventsRequestEntry.builder()
                        .eventBusName(busName)
                        .source(source)
                        .detailType(detailType)
                        .detail(detail.toString())
                        .build()))
                .entries()
                .stream()
                .flatMap(entry -> Optional.ofNullable(entry.errorMessage()).stream())
                .findFirst();
    }

    /** Brings a message to the queue or the topic with this ARN. */
    void send(String arn, String message) {
        Optional<String> queue = queueUrl(arn);
        if (queue.isPresent()) {
            queues.client().sendMessage(request -> request.queueUrl(queue.get()).messageBody(message));
        } else {
            // a topic of the template; one that is not is refused by name
            snsClient.publish(request -> request.topicArn(arn).message(message));
        }
    }

    /** What a function needs to find these services, in the variables that the SDK itself reads. */
    Map<String, String> endpoints() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_REGION", LoopbackAws.REGION);
        variables.put("AWS_ACCESS_KEY_ID", "loopback");
        variables.put("AWS_SECRET_ACCESS_KEY", "loopback");
        endpoint(variables, "DYNAMODB", dynamo.endpoint());
        endpoint(variables, "SECRETS_MANAGER", secrets.endpoint());
        endpoint(variables, "EVENTBRIDGE", eventBridge.endpoint());
        endpoint(variables, "SQS", queues.endpoint());
        endpoint(variables, "SNS", sns.endpoint());
        endpoint(variables, "S3", s3.endpoint());
        return variables;
    }

    @Override
    public void close() {
        eventBridgeClient.close();
        secretsClient.close();
        snsClient.close();
        eventBridge.close();
        sns.close();
        s3.close();
        secrets.close();
        queues.close();
        dynamo.close();
    }

    /** What nobody on loopback ever calls is known by its logical id. */
    private static Optional<String> byName(Resource resource, String attribute, Resolver resolver) {
        return switch (attribute) {
            case ResourceAnswers.REF -> Optional.of(resource.logicalId());
            case "Arn" ->
                Optional.of("arn:aws:cloudformation:" + LoopbackAws.REGION + ":" + LoopbackAws.ACCOUNT + ":resource/"
                        + resource.logicalId());
            default -> Optional.empty();
        };
    }

    private static void endpoint(Map<String, String> variables, String service, URI endpoint) {
        variables.put("AWS_ENDPOINT_URL_" + service, endpoint.toString());
    }

    /** An object with these fields, for a secret. */
    static ObjectNode object(Map<String, String> fields) {
        ObjectNode object = EdgeJson.JSON.createObjectNode();
        fields.forEach(object::put);
        return object;
    }
}
