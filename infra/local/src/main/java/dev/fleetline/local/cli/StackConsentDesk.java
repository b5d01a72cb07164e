package dev.fleetline.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The one that is deployed as a stack. It is seen which version of the token's secret is current, never what is in it. */
final class StackConsentDesk implements ConsentDesk {

    private static final String CURRENT = "AWSCURRENT";

    private final URI link;
    private final String secret;
    private final SecretsManagerClient secrets;

    /** {@code secret} is the one of the token; nothing is asked yet. */
    StackConsentDesk(URI link, String secret, SecretsManagerClient secrets) {
        this.link = link;
        this.secret = secret;
        this.secrets = secrets;
    }

    @Override
    public URI link() {
        return link;
    }

    @Override
    public Current current() {
        Map<String, List<String>> versions = DeployedStack.told(() ->
                secrets.describeSecret(describe -> describe.secretId(secret)).versionIdsToStages());
        String current = versions.entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("secret " + secret + " has no current version"));
        return new Current(current, Optional.empty());
    }

    @Override
    public void close() {
        secrets.close();
    }
}
