package dev.fleetline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;

class AwsAccessTest {

    private static final Map<String, String> LAMBDA = Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "key",
            "AWS_SECRET_ACCESS_KEY", "hidden");

    @Test
    void takes_region_and_credentials_from_the_surroundings() {
        SqsServiceClientConfiguration configuration = configuration(Map.of());

        assertThat(configuration.region()).isEqualTo(Region.EU_CENTRAL_1);
        assertThat(configuration.endpointOverride()).isEmpty();
        AwsCredentialsIdentity keys =
                configuration.credentialsProvider().resolveIdentity().join();
        assertThat(keys.accessKeyId()).isEqualTo("key");
        assertThat(keys.secretAccessKey()).isEqualTo("hidden");
    }

    @Test
    void takes_the_session_of_a_role() {
        AwsCredentialsIdentity keys = configuration(Map.of("AWS_SESSION_TOKEN", "session"))
                .credentialsProvider()
                .resolveIdentity()
                .join();

        assertThat(keys)
                .isInstanceOfSatisfying(AwsSessionCredentials.class, session -> assertThat(session.sessionToken())
                        .isEqualTo("session"));
    }

    @Test
    void takes_the_services_own_endpoint_before_the_common_one() {
        assertThat(configuration(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"))
                        .endpointOverride())
                .contains(URI.create("http://127.0.0.1:4566"));
        assertThat(configuration(Map.of(
                                "AWS_ENDPOINT_URL",
                                "http://127.0.0.1:4566",
                                "AWS_ENDPOINT_URL_SQS",
                                "http://127.0.0.1:9324"))
                        .endpointOverride())
                .contains(URI.create("http://127.0.0.1:9324"));
    }

    @Test
    void a_blank_endpoint_is_none() {
        assertThat(configuration(Map.of("AWS_ENDPOINT_URL_SQS", "")).endpointOverride())
                .isEmpty();
    }

    @Test
    void all_tries_of_a_call_together_end_when_their_time_is_up() {
        try (SqsClient client = access(Map.of()).client(SqsClient.builder(), "SQS", Duration.ofSeconds(2))) {
            assertThat(client.serviceClientConfiguration()
                            .overrideConfiguration()
                            .apiCallTimeout())
                    .contains(Duration.ofSeconds(4));
        }
    }

    private static SqsServiceClientConfiguration configuration(Map<String, String> more) {
        try (SqsClient client = access(more).client(SqsClient.builder(), "SQS")) {
            return client.serviceClientConfiguration();
        }
    }

    private static AwsAccess access(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(LAMBDA);
        environment.putAll(more);
        return new AwsAccess(
                new Surroundings(environment, InstantSource.system(), Pause.real(), RandomGenerator.getDefault()));
    }
}
