package dev.fleetline.testing.template;

import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.SecretsManagerStandIn;
import java.net.URI;
import java.util.Optional;

/** What the deployed resources answer to {@code Ref} and {@code GetAtt}. */
@FunctionalInterface
public interface ResourceAnswers {

    /** What {@link #answer} is asked for when the template says {@code Ref}. */
    String REF = "Ref";

    /**
     * The value of an attribute, or nothing when these answers do not know it.
     *
     * @param attribute {@link #REF} or the attribute's name, such as {@code Arn}
     * @param resolver evaluates what the answer depends on, such as the resource's own name
     */
    Optional<String> answer(Resource resource, String attribute, Resolver resolver);

    /** Asks these, and the next where these do not know. */
    default ResourceAnswers orElse(ResourceAnswers next) {
        return (resource, attribute, resolver) ->
                answer(resource, attribute, resolver).or(() -> next.answer(resource, attribute, resolver));
    }

    /**
     * The answers of everything that Fleetline deploys, as it is named on loopback: the name the template gives, else
     * stack and logical id; ARNs in the account and region of {@link LoopbackAws}.
     *
     * @param queues where queues are answered, for their URLs
     */
    static ResourceAnswers onLoopback(URI queues) {
        return (resource, attribute, resolver) -> switch (resource.type()) {
            case "AWS::DynamoDB::Table" -> named("TableName", "dynamodb", "table/", "", resource, attribute, resolver);
            case "AWS::Events::EventBus" ->
                named("Name", "events", "event-bus/", "Name", resource, attribute, resolver);
            case "AWS::Lambda::Function", "AWS::Serverless::Function" ->
                named("FunctionName", "lambda", "function:", "", resource, attribute, resolver);
            case "AWS::Logs::LogGroup" ->
                named("LogGroupName", "logs", "log-group:", "", resource, attribute, resolver);
            case "AWS::S3::Bucket" -> {
                String name = resolver.physicalName(resource, "BucketName");
                yield switch (attribute) {
                    case REF -> Optional.of(name);
                    case "Arn" -> Optional.of("arn:aws:s3:::" + name);
                    default -> Optional.empty();
                };
            }
            case "AWS::IAM::Role" -> named("RoleName", "iam", "role/", "", resource, attribute, resolver);
            case "AWS::SNS::Topic" -> {
                String name = resolver.physicalName(resource, "TopicName");
                yield switch (attribute) {
                    case REF, "TopicArn" -> Optional.of(arn("sns", name));
                    case "TopicName" -> Optional.of(name);
                    default -> Optional.empty();
                };
            }
            case "AWS::SecretsManager::Secret" -> {
                String name = resolver.physicalName(resource, "Name");
                yield attribute.equals(REF) || attribute.equals("Id")
                        ? Optional.of(SecretsManagerStandIn.arn(name))
                        : Optional.empty();
            }
            case "AWS::SQS::Queue" -> {
                String name = resolver.physicalName(resource, "QueueName");
                yield switch (attribute) {
                    case REF, "QueueUrl" -> Optional.of(queues + "/" + LoopbackAws.ACCOUNT + "/" + name);
                    case "Arn" -> Optional.of(arn("sqs", name));
                    case "QueueName" -> Optional.of(name);
                    default -> Optional.empty();
                };
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> named(
            String nameProperty,
            String service,
            String arnPrefix,
            String nameAttribute,
            Resource resource,
            String attribute,
            Resolver resolver) {
        String name = resolver.physicalName(resource, nameProperty);
        if (attribute.equals(REF) || attribute.equals(nameAttribute)) {
            return Optional.of(name);
        }
        return attribute.equals("Arn") ? Optional.of(arn(service, arnPrefix + name)) : Optional.empty();
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + LoopbackAws.REGION + ":" + LoopbackAws.ACCOUNT + ":" + resource;
    }
}
