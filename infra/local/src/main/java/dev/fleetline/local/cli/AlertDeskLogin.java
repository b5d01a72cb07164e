package dev.fleetline.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** What shows an API who asks. */
@FunctionalInterface
interface AlertDeskLogin {

    /** The headers to be sent with this request. */
    Map<String, String> headers(String method, URI address, String body);

    /** On this machine nobody logs in. */
    static AlertDeskLogin none() {
        return (_, _, _) -> Map.of();
    }

    /** As AWS wants requests signed (Signature Version 4). */
    static AlertDeskLogin aws(AwsCredentialsProvider credentials, String region) {
        return (method, address, body) -> {
            SdkHttpRequest request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.fromValue(method))
                    .uri(address)
                    .build();
            return AwsV4HttpSigner.create()
                    .sign(sign -> sign.identity(DeployedStack.told(credentials::resolveCredentials))
                            .request(request)
                            .payload(ContentStreamProvider.fromString(body, UTF_8))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                    .request()
                    .headers()
                    .entrySet()
                    .stream()
                    // the client sends that one itself, and the same
                    .filter(header -> !header.getKey().equalsIgnoreCase("host"))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, header -> header.getValue().getFirst()));
        };
    }
}
