package dev.fleetline.localstack;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.testing.aws.LoopbackAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;

/** The template as CloudFormation makes it of it in LocalStack: archives uploaded, SAM transformed, stack created. */
final class DeployedStack implements AutoCloseable {

    private static final String STACK = "fleetline-local";
    private static final String BUCKET = "fleetline-artifacts";

    /** What {@code sam deploy} uploads and puts another address for: archives and nested templates. */
    private static final Pattern LOCAL_FILE = Pattern.compile("(CodeUri|TemplateURL): (\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI localstack;
    private final CloudFormationClient cloudFormation;
    private final LambdaClient lambda;

    private DeployedStack(URI localstack, CloudFormationClient cloudFormation, LambdaClient lambda) {
        this.localstack = localstack;
        this.cloudFormation = cloudFormation;
        this.lambda = lambda;
    }

    /** What a function answered: {@code isError} when it threw, and then the answer says what. */
    record Reply(boolean isError, JsonNode answer) {}

    /**
     * Deploys the project's template.
     *
     * @throws IllegalStateException when the stack cannot be created; says of each resource that failed why
     */
    static DeployedStack create(URI localstack, Path project, Map<String, String> parameters) {
        CloudFormationClient cloudFormation =
                LoopbackAws.aim(CloudFormationClient.builder(), localstack).build();
        String template = upload(localstack, project);
        List<Parameter> values = parameters.entrySet().stream()
                .map(entry -> Parameter.builder()
                        .parameterKey(entry.getKey())
                        .parameterValue(entry.getValue())
                        .build())
                .toList();
        // by its address: CloudFormation takes no larger text than 51,200 bytes
        cloudFormation.createStack(create -> create.stackName(STACK)
                .templateURL(template)
                .parameters(values)
                .capabilities(
                        Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND));
        await().atMost(5, MINUTES)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !describe(cloudFormation).stackStatusAsString().endsWith("IN_PROGRESS"));
        if (describe(cloudFormation).stackStatus() != StackStatus.CREATE_COMPLETE) {
            throw new IllegalStateException("the stack could not be created: " + failures(cloudFormation));
        }
        return new DeployedStack(
                localstack,
                cloudFormation,
                LoopbackAws.aim(LambdaClient.builder(), localstack)
                        .overrideConfiguration(settings -> settings.apiCallTimeout(Duration.ofMinutes(2)))
                        .build());
    }

    /** Every resource that CloudFormation says it has made, SAM's own included; nested stacks count as one. */
    List<StackResource> resources() {
        return cloudFormation
                .describeStackResources(describe -> describe.stackName(STACK))
                .stackResources();
    }

    /** What a resource is called where it lives: a table's name, a queue's URL, a topic's ARN. */
    String physicalId(String logicalId) {
        return cloudFormation
                .describeStackResource(describe -> describe.stackName(STACK).logicalResourceId(logicalId))
                .stackResourceDetail()
                .physicalResourceId();
    }

    /** Has one function work on one event, in its container, by the alias that everything calls. */
    Reply invoke(String function, JsonNode event) {
        InvokeResponse response = lambda.invoke(invoke ->
                invoke.functionName(function).qualifier("live").payload(SdkBytes.fromUtf8String(event.toString())));
        try {
            return new Reply(
                    response.functionError() != null,
                    EdgeJson.JSON.readTree(response.payload().asUtf8String()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(function + " answered what is no JSON", e);
        }
    }

    /** Has a state machine work from its beginning to its end; what its execution has come to. */
    JsonNode execute(String machine, JsonNode input) {
        var start =
                EdgeJson.JSON.createObjectNode().put("stateMachineArn", machine).put("input", input.toString());
        String execution =
                stepFunctions("StartExecution", start).path("executionArn").asText();
        var describe = EdgeJson.JSON.createObjectNode().put("executionArn", execution);
        await().atMost(5, MINUTES).pollInterval(Duration.ofMillis(500)).until(() -> !stepFunctions(
                        "DescribeExecution", describe)
                .path("status")
                .asText()
                .equals("RUNNING"));
        return stepFunctions("DescribeExecution", describe);
    }

    /** By hand: two calls of one test are no reason for one more library. LocalStack asks for no signature. */
    private JsonNode stepFunctions(String action, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(localstack)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-target", "AWSStepFunctions." + action)
                .header(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=loopback/20260302/" + LoopbackAws.REGION
                                + "/states/aws4_request, SignedHeaders=host, Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return EdgeJson.JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException("Step Functions did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Step Functions answered", e);
        }
    }

    @Override
    public void close() {
        http.close();
        lambda.close();
        cloudFormation.close();
    }

    private static String upload(URI localstack, Path project) {
        try (S3Client s3 = LoopbackAws.aim(S3Client.builder(), localstack)
                .forcePathStyle(true)
                .build()) {
            s3.createBucket(create -> create.bucket(BUCKET));
            String template = LOCAL_FILE
                    .matcher(Files.readString(project.resolve("template.yaml")))
                    .replaceAll(found -> uploaded(s3, project, found));
            s3.putObject(put -> put.bucket(BUCKET).key("template.yaml"), RequestBody.fromString(template));
            return address("template.yaml");
        } catch (IOException e) {
            throw new IllegalStateException("template.yaml cannot be read", e);
        }
    }

    private static String uploaded(S3Client s3, Path project, MatchResult found) {
        Path file = project.resolve(found.group(2));
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("no " + found.group(2) + "; mend it: mvn verify");
        }
        String key = file.getFileName().toString();
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromFile(file));
        return found.group(1) + ": " + (found.group(1).equals("CodeUri") ? "s3://" + BUCKET + "/" + key : address(key));
    }

    private static String address(String key) {
        return "https://" + BUCKET + ".s3." + LoopbackAws.REGION + ".amazonaws.com/" + key;
    }

    private static Stack describe(CloudFormationClient cloudFormation) {
        return cloudFormation
                .describeStacks(describe -> describe.stackName(STACK))
                .stacks()
                .getFirst();
    }

    private static String failures(CloudFormationClient cloudFormation) {
        return describe(cloudFormation).stackStatusReason() + "; "
                + cloudFormation.describeStackEvents(describe -> describe.stackName(STACK)).stackEvents().stream()
                        .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
                        .map(DeployedStack::told)
                        .collect(Collectors.joining("; "));
    }

    private static String told(StackEvent event) {
        return event.logicalResourceId() + " (" + event.resourceType() + "): " + event.resourceStatusReason();
    }
}
