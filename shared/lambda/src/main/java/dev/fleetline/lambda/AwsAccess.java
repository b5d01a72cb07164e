package dev.fleetline.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Sets up AWS clients from the function's surroundings: region, credentials and endpoints under the names that Lambda
 * and the SDK themselves use ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL}), so the
 * same code speaks to AWS, to LocalStack and to the stand-ins on loopback.
 */
public final class AwsAccess {

    private final Map<String, String> environment;

    public AwsAccess(Surroundings surroundings) {
        this.environment = surroundings.environment();
    }

    /** The client that {@code builder} builds; {@code service} is the SDK's suffix, {@code SECRETS_MANAGER}. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String service) {
        return client(builder, service, UrlConnectionHttpClient.builder());
    }

    /** The same, which waits so long for an answer, and twice as long for all tries of a call together. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, String service, Duration patience) {
        builder.overrideConfiguration(override -> override.apiCallTimeout(patience.multipliedBy(2)));
        return client(builder, service, UrlConnectionHttpClient.builder().socketTimeout(patience));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, String service, UrlConnectionHttpClient.Builder http) {
        builder.httpClientBuilder(http).credentialsProvider(credentials());
        text("AWS_REGION").map(Region::of).ifPresent(builder::region);
        text("AWS_ENDPOINT_URL_" + service)
                .or(() -> text("AWS_ENDPOINT_URL"))
                .map(URI::create)
                .ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /**
     * Who it is that asks; for what is signed without a client of the SDK. Lambda's own variables are fixed for the life of
     * the process, so reading them once is enough.
     */
    public AwsCredentialsProvider credentials() {
        return text("AWS_ACCESS_KEY_ID")
                .<AwsCredentialsProvider>map(key -> StaticCredentialsProvider.create(keys(key)))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private AwsCredentials keys(String accessKey) {
        String secretKey = text("AWS_SECRET_ACCESS_KEY").orElse("");
        return text("AWS_SESSION_TOKEN")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(accessKey, secretKey, token))
                .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
