package dev.fleetline.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The one that is deployed as a stack. It is seen which version of the token's secret is current, never what is in it. */
final class StackConsentDesk implements ConsentDesk {

    private static final String CURRENT = "AWSCURRENT";

    private final String stack;
    private final CloudFormationClient cloudFormation;
    private final SecretsManagerClient secrets;

    /** Nothing is asked yet. */
    StackConsentDesk(String stack, CloudFormationClient cloudFormation, SecretsManagerClient secrets) {
        this.stack = stack;
        this.cloudFormation = cloudFormation;
        this.secrets = secrets;
    }

    @Override
    public URI link() {
        return URI.create(output("AuthorizeUrl"));
    }

    @Override
    public Current current() {
        String secret = output("CoreTokenSecretName");
        Map<String, List<String>> versions = told(() ->
                secrets.describeSecret(describe -> describe.secretId(secret)).versionIdsToStages());
        String current = versions.entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("secret " + secret + " has no current version"));
        return new Current(current, Optional.empty());
    }

    private String output(String key) {
        List<Stack> stacks = told(() -> cloudFormation
                .describeStacks(describe -> describe.stackName(stack))
                .stacks());
        return stacks.stream()
                .flatMap(found -> found.outputs().stream())
                .filter(output -> output.outputKey().equals(key))
                .map(Output::outputValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the stack " + stack + " has no output " + key
                        + "; deploy this version of Fleetline first: infra/deploy"));
    }

    /** In AWS's words, the first line of them. */
    private static <T> T told(Supplier<T> question) {
        try {
            return question.get();
        } catch (AwsServiceException refused) {
            throw new IllegalStateException("AWS: " + refused.awsErrorDetails().errorMessage(), refused);
        } catch (SdkException lost) {
            throw new IllegalStateException(
                    "AWS: "
                            + String.valueOf(lost.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no answer"),
                    lost);
        }
    }
}
