package dev.fleetline.local.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.template.Resolver;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.Option;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * SQS on loopback: ElasticMQ in this process, its visibility time-outs and delays measured on a clock of the caller.
 *
 * <p>With a clock that stands, a message that was received stays invisible until the clock is moved past its time-out,
 * and then is there at once. Only {@code SentTimestamp} shows the machine's own time: ElasticMQ stamps it itself. A
 * receive that waits (long polling) is waked by a message that is sent, not by a clock that is moved: poll with waits
 * of a second or two.
 */
public final class ElasticMqQueues implements AutoCloseable {

    private static final String TYPE = "AWS::SQS::Queue";

    /** What loopback has no use for. */
    private static final Set<String> WITHOUT_MEANING_HERE =
            Set.of("QueueName", "Tags", "SqsManagedSseEnabled", "KmsMasterKeyId", "MessageRetentionPeriod");

    private final ActorSystem system;
    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient client;

    private ElasticMqQueues(ActorSystem system, SQSRestServer server) {
        this.system = system;
        this.server = server;
        this.endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        this.client = LoopbackAws.aim(SqsClient.builder(), endpoint).build();
    }

    /** Starts without any queue on a free port; the clock decides when a message is visible. */
    public static ElasticMqQueues start(InstantSource clock) {
        requireNonNull(clock, "clock");
        // its own log goes to slf4j; daemonic, so that a runner that forgets to close can still end
        var settings =
                ConfigFactory.parseString("""
                        pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                        pekko.logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
                        pekko.loglevel = WARNING
                        pekko.stdout-loglevel = OFF
                        pekko.log-dead-letters = off
                        pekko.daemonic = on
                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        """).withFallback(ConfigFactory.load(ActorSystem.class.getClassLoader()));
        ActorSystem system = ActorSystem.create("queues", settings);
        var engineClock = new EngineClock(clock);
        ActorRef engine = system.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(engineClock, StrictSQSLimits$.MODULE$, Option.empty())));
        ActorRef queues =
                system.actorOf(Props.create(ClockedQueues.class, () -> new ClockedQueues(engine, engineClock)));
        SQSRestServer server = SQSRestServerBuilder.withActorSystem(system)
                .withQueueManagerActor(queues)
                .withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion(LoopbackAws.REGION)
                .withAWSAccountId(LoopbackAws.ACCOUNT)
                .start();
        return new ElasticMqQueues(system, server);
    }

    /** Where clients are to be aimed. */
    public URI endpoint() {
        return endpoint;
    }

    /** A client that lives as long as the queues. */
    public SqsClient client() {
        return client;
    }

    /** Creates every queue that a template declares and that exists in this deployment; URLs by logical id. */
    public Map<String, String> create(Template template, Resolver resolver) {
        var urls = new LinkedHashMap<String, String>();
        var arns = new ArrayList<String>();
        Deque<Resource> waiting = new ArrayDeque<>(
                template.resourcesOf(TYPE).stream().filter(resolver::exists).toList());
        // a queue that has a dead-letter queue comes after it, or ElasticMQ would not move anything there
        for (int deferred = 0; !waiting.isEmpty(); ) {
            Resource queue = waiting.removeFirst();
            JsonNode policy = resolver.properties(queue).path("RedrivePolicy");
            String deadLetters = policy.path("deadLetterTargetArn").asText();
            if (!deadLetters.isEmpty() && !arns.contains(deadLetters)) {
                if (deferred++ > waiting.size()) {
                    throw new IllegalArgumentException(queue.place()
                            + ".Properties.RedrivePolicy: deadLetterTargetArn must be a queue of this template but is "
                            + deadLetters);
                }
                waiting.addLast(queue);
                continue;
            }
            deferred = 0;
            String name = resolver.physicalName(queue, "QueueName");
            urls.put(queue.logicalId(), create(name, attributes(queue, resolver.properties(queue))));
            arns.add(resolver.getAtt(queue.logicalId(), "Arn"));
        }
        return urls;
    }

    /** Creates one queue; its URL. */
    public String create(String name, Map<QueueAttributeName, String> attributes) {
        return client.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
        system.terminate();
    }

    private static Map<QueueAttributeName, String> attributes(Resource queue, ObjectNode properties) {
        var attributes = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
        properties.properties().forEach(property -> {
            JsonNode value = property.getValue();
            switch (property.getKey()) {
                case "VisibilityTimeout" -> attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, value.asText());
                case "DelaySeconds" -> attributes.put(QueueAttributeName.DELAY_SECONDS, value.asText());
                case "ReceiveMessageWaitTimeSeconds" ->
                    attributes.put(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, value.asText());
                case "RedrivePolicy" -> attributes.put(QueueAttributeName.REDRIVE_POLICY, value.toString());
                default -> {
                    if (!WITHOUT_MEANING_HERE.contains(property.getKey())) {
                        throw new IllegalArgumentException(queue.place() + ".Properties." + property.getKey()
                                + " is not known here: add it to ElasticMqQueues with its test");
                    }
                }
            }
        });
        return attributes;
    }
}
