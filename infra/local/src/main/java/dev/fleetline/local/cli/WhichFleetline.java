package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.fleetdynamodb.DynamoCallbackInbox;
import dev.fleetline.fleetdynamodb.DynamoDeviceRegistry;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.testing.template.Template;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The options that say which Fleetline is meant: the one on this machine, or a deployed one. */
final class WhichFleetline {

    /** As long as any function may run, and a little more. */
    private static final Duration PATIENCE = Duration.ofMinutes(11);

    /** As long as 50 MB take over a bad line. */
    private static final Duration PATIENCE_WITH_A_FILE = Duration.ofMinutes(5);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--local", description = "the Fleetline that \"up\" keeps running on this machine")
    private boolean local;

    @Option(names = "--stack", paramLabel = "NAME", description = "a deployed stack, such as fleetline-dev")
    private Optional<String> stack = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "with --local: where it answers (default: http://127.0.0.1:8700)")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "with --stack: its region (default: as the environment or the profile says)")
    private Optional<String> region = Optional.empty();

    boolean isDeployed() {
        return stack.isPresent();
    }

    boolean hasUrl() {
        return url.isPresent();
    }

    /** Where its deliveries are. */
    CallbackDesk callbacks(Surroundings surroundings) {
        return open(surroundings, LocalCallbackDesk::new, (access, deployed) -> {
            String prefix = deployed.prefix();
            DynamoDbClient dynamo = access.client(DynamoDbClient.builder(), "DYNAMODB");
            var tables = new Tables(prefix + "devices", prefix + "identities", prefix + "callbacks", "", "", "", "");
            return new StackCallbackDesk(
                    function(access, prefix + "callback-replay"),
                    new DynamoCallbackInbox(dynamo, tables),
                    new DynamoDeviceRegistry(dynamo, tables),
                    dynamo::close);
        });
    }

    /** Where somebody authorises it. */
    ConsentDesk consent(Surroundings surroundings) {
        return open(surroundings, LocalConsentDesk::new, (access, deployed) -> {
            String secret = deployed.output("CoreTokenSecretName");
            URI link = URI.create(deployed.output("AuthorizeUrl"));
            return new StackConsentDesk(link, secret, access.client(SecretsManagerClient.builder(), "SECRETS_MANAGER"));
        });
    }

    /** One of its functions, by the name of its module. */
    FunctionDesk function(String module, Surroundings surroundings) {
        return open(
                surroundings,
                base -> new LocalCalls(base).function(module),
                (access, deployed) -> function(access, deployed.prefix() + module));
    }

    /** Where its alerts are looked after. */
    AlertDesk alerts(Surroundings surroundings) {
        return open(
                surroundings,
                base -> new AlertDesk(
                        base, AlertDeskLogin.none(), "start it in another terminal: infra/local/fleetline up"),
                (access, deployed) -> {
                    URI api = URI.create(deployed.output("AlertsUrl"));
                    return new AlertDesk(
                            api,
                            AlertDeskLogin.aws(access.credentials(), regionOf(api)),
                            "is the stack deployed, and this machine on the network?");
                });
    }

    /** In which region an API is, its address says: {@code <id>.execute-api.<region>.amazonaws.com}. */
    private static String regionOf(URI api) {
        return String.valueOf(api.getHost()).replaceFirst("^[^.]+\\.execute-api\\.([^.]+)\\..*$", "$1");
    }

    /** Where its spreadsheets are put and their results are. */
    FileDesk files(Surroundings surroundings) {
        return open(
                surroundings,
                base -> {
                    try (LocalCalls calls = new LocalCalls(base)) {
                        JsonNode files = calls.get("/local/files");
                        var environment = new LinkedHashMap<>(surroundings.environment());
                        environment.put("AWS_REGION", "us-east-1");
                        environment.put("AWS_ACCESS_KEY_ID", "loopback");
                        environment.put("AWS_SECRET_ACCESS_KEY", "loopback");
                        environment.put(
                                "AWS_ENDPOINT_URL_S3", files.path("endpoint").asText());
                        return files(
                                new AwsAccess(with(environment, surroundings)),
                                files.path("bucket").asText());
                    }
                },
                (access, deployed) -> files(access, deployed.output("FilesBucketName")));
    }

    private static FileDesk files(AwsAccess access, String bucket) {
        S3Client s3 = access.client(S3FileStore.plainly(S3Client.builder()), "S3", PATIENCE_WITH_A_FILE);
        return new FileDesk(new S3FileStore(s3, bucket), s3::close);
    }

    /** The variables of one of its functions; on this machine those that the template gives it. */
    Map<String, String> settings(String module, Surroundings surroundings) {
        return open(
                surroundings,
                _ -> TemplateVariables.of(module, Template.read(FleetlineCommand.project())),
                (access, deployed) -> {
                    try (LambdaClient lambda = access.client(LambdaClient.builder(), "LAMBDA")) {
                        return DeployedStack.told(() -> lambda.getFunctionConfiguration(
                                        get -> get.functionName(deployed.prefix() + module + ":live"))
                                .environment()
                                .variables());
                    }
                });
    }

    /** In words. */
    String inWords() {
        return stack.map(name -> "the stack " + name).orElse("the Fleetline on this machine");
    }

    private <D> D open(
            Surroundings surroundings, Function<URI, D> here, BiFunction<AwsAccess, DeployedStack, D> deployed) {
        if (local == stack.isPresent()) {
            throw mistake("say which Fleetline: either --local or --stack NAME");
        }
        if (local && region.isPresent()) {
            throw mistake("--region goes with --stack");
        }
        if (!local && url.isPresent()) {
            throw mistake("--url goes with --local");
        }
        if (stack.isEmpty()) {
            return here.apply(base());
        }
        AwsAccess access = access(surroundings);
        try (CloudFormationClient cloudFormation = access.client(CloudFormationClient.builder(), "CLOUDFORMATION")) {
            return deployed.apply(access, new DeployedStack(stack.get(), cloudFormation));
        }
    }

    private URI base() {
        URI base = url.orElseGet(() -> URI.create("http://127.0.0.1:8700"));
        if (base.getHost() == null || !String.valueOf(base.getScheme()).matches("https?")) {
            throw mistake("--url must be an address such as http://127.0.0.1:8700");
        }
        return base;
    }

    private AwsAccess access(Surroundings surroundings) {
        var environment = new LinkedHashMap<>(surroundings.environment());
        Optional.ofNullable(environment.get("AWS_DEFAULT_REGION"))
                .ifPresent(usual -> environment.putIfAbsent("AWS_REGION", usual));
        region.ifPresent(given -> environment.put("AWS_REGION", given));
        return new AwsAccess(with(environment, surroundings));
    }

    private static Surroundings with(Map<String, String> environment, Surroundings surroundings) {
        return new Surroundings(environment, surroundings.clock(), surroundings.pause(), surroundings.random());
    }

    private static FunctionDesk function(AwsAccess access, String name) {
        return new DeployedFunction(name + ":live", access.client(LambdaClient.builder(), "LAMBDA", PATIENCE));
    }

    private ParameterException mistake(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
