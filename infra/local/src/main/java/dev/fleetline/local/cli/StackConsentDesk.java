package dev.fleetline.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The one that is deployed as a stack. It is seen which version of the token's secret is current, never what is in it. */
final class StackConsentDesk implements ConsentDesk {

    private static final String CURRENT = "AWSCURRENT";

    private final DeployedStack stack;
    private final SecretsManagerClient secrets;

    /** Nothing is asked yet. */
    StackConsentDesk(DeployedStack stack, SecretsManagerClient secrets) {
        this.stack = stack;
        this.secrets = secrets;
    }

    @Override
    public URI link() {
        return URI.create(stack.output("AuthorizeUrl"));
    }

    @Override
    public Current current() {
        String secret = stack.output("CoreTokenSecretName");
        Map<String, List<String>> versions = DeployedStack.told(() ->
                secrets.describeSecret(describe -> describe.secretId(secret)).versionIdsToStages());
        String current = versions.entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("secret " + secret + " has no current version"));
        return new Current(current, Optional.empty());
    }
}
