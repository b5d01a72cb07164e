package dev.fleetline.testing.aws;

import dev.fleetline.testing.template.Resolver;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** The account and region that everything on loopback pretends to live in, and how a real SDK client is aimed at it. */
public final class LoopbackAws {

    /** The region in every ARN and event that comes from loopback. */
    public static final String REGION = "us-east-1";

    /** The account in every ARN, queue URL and event that comes from loopback: none that AWS ever gave out. */
    public static final String ACCOUNT = "000000000000";

    private LoopbackAws() {}

    /** Aims a client at an endpoint on loopback, with invented credentials and the JDK's own HTTP client. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B aim(B client, URI endpoint) {
        return client.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("loopback", "loopback")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    /**
     * What a function finds in its environment when AWS answers on loopback: the variables that the template gives it, and
     * the endpoints, each under the SDK's name of its service ({@code DYNAMODB}). May be changed.
     */
    public static Map<String, String> environment(Resolver resolver, String function, Map<String, URI> endpoints) {
        Map<String, String> environment = new HashMap<>(
                Map.of("AWS_REGION", REGION, "AWS_ACCESS_KEY_ID", "loopback", "AWS_SECRET_ACCESS_KEY", "loopback"));
        endpoints.forEach((service, endpoint) -> environment.put("AWS_ENDPOINT_URL_" + service, endpoint.toString()));
        resolver.properties(resolver.template().resource(function))
                .at("/Environment/Variables")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return environment;
    }

    /** Lets a client try as often as it does by itself, and at once instead of after growing waits. */
    public static void withoutWaits(ClientOverrideConfiguration.Builder settings) {
        settings.retryStrategy(tries -> tries.backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()));
    }

    static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
