package dev.fleetline.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** SNS as far as somebody publishes to a topic: keeps what was published, in order, for the test or runner to read. */
public final class SnsStandIn extends StandIn {

    /** One message that people would have received. */
    public record Message(
            String messageId, String topicArn, Optional<String> subject, String text, Map<String, String> attributes) {

        /** Copies the attributes. */
        public Message {
            requireNonNull(messageId, "messageId");
            requireNonNull(topicArn, "topicArn");
            requireNonNull(subject, "subject");
            requireNonNull(text, "text");
            attributes = Map.copyOf(attributes);
        }
    }

    private static final int LARGEST_MESSAGE = 256 * 1024;
    private static final int LONGEST_SUBJECT = 100;

    private final Set<String> topicArns;
    private final Supplier<UUID> ids;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Map<String, Operation> operations = Map.of(
            "Publish",
            new Operation(Set.of("TopicArn", "Message", "Subject", "MessageAttributes.entry."), this::publish));

    private SnsStandIn(Set<String> topicArns, Supplier<UUID> ids) {
        super(new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"));
        this.topicArns = Set.copyOf(topicArns);
        this.ids = requireNonNull(ids, "ids");
    }

    /** Starts with these topics and no other; message ids come from {@code ids}. */
    public static SnsStandIn start(Set<String> topicArns, Supplier<UUID> ids) {
        var sns = new SnsStandIn(topicArns, ids);
        sns.open();
        return sns;
    }

    /** The ARN that a topic of this name has on loopback. */
    public static String topicArn(String name) {
        return LoopbackAws.arn("sns", name);
    }

    /** Everything published so far, the oldest first. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** What was published to one topic, the oldest first. */
    public List<Message> messages(String topicArn) {
        return messages.stream()
                .filter(message -> message.topicArn().equals(topicArn))
                .toList();
    }

    @Override
    Map<String, Operation> operations() {
        return operations;
    }

    private ObjectNode publish(AwsCall call) {
        String topicArn = call.required("TopicArn", "InvalidParameter");
        if (!topicArns.contains(topicArn)) {
            throw AwsRefusal.notFound("NotFound", "Topic does not exist");
        }
        String text = call.required("Message", "InvalidParameter");
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_MESSAGE) {
            throw AwsRefusal.sender("InvalidParameter", "Invalid parameter: Message too long");
        }
        Optional<String> subject = call.optional("Subject");
        if (subject.filter(SnsStandIn::isNoSubject).isPresent()) {
            throw AwsRefusal.sender("InvalidParameter", "Invalid parameter: Subject");
        }
        String id = ids.get().toString();
        messages.add(new Message(id, topicArn, subject, text, attributes(call)));
        return call.parameters().objectNode().put("MessageId", id);
    }

    /** SNS takes 1 to 100 printable ASCII characters on one line that does not start with a blank. */
    private static boolean isNoSubject(String subject) {
        return subject.isEmpty()
                || subject.length() > LONGEST_SUBJECT
                || subject.startsWith(" ")
                || subject.chars().anyMatch(c -> c < ' ' || c > '~');
    }

    private static Map<String, String> attributes(AwsCall call) {
        var attributes = new TreeMap<String, String>();
        for (int i = 1; call.optional("MessageAttributes.entry." + i + ".Name").isPresent(); i++) {
            String entry = "MessageAttributes.entry." + i;
            String type = call.required(entry + ".Value.DataType", "InvalidParameter");
            if (!type.equals("String") && !type.equals("Number")) {
                throw AwsRefusal.sender(
                        "UnsupportedParameter",
                        "a message attribute of type " + type
                                + " is not answered here: add it to SnsStandIn with its contract test");
            }
            attributes.put(
                    call.required(entry + ".Name", "InvalidParameter"),
                    call.required(entry + ".Value.StringValue", "InvalidParameter"));
        }
        return attributes;
    }
}
