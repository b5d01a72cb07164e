package dev.fleetline.filess3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 on AWS says that neither the stand-in nor LocalStack does, which know no permissions. */
class S3FileStoreTest {

    /** Refuses whatever is asked for. */
    private record Refusing(String code) implements S3Client {
        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> answer) {
            throw S3Exception.builder()
                    .statusCode(403)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage(code)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }

    /** S3 does not tell whoever may not list a bucket what is not in it. */
    @Test
    void a_file_that_is_refused_is_not_there() {
        assertThat(new S3FileStore(new Refusing("AccessDenied"), "files").open("incoming/check/june.csv"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SignatureDoesNotMatch", "InvalidAccessKeyId", "RequestTimeTooSkewed"})
    void a_call_that_is_refused_for_its_sender_is_a_store_that_is_down(String code) {
        assertThatThrownBy(() -> new S3FileStore(new Refusing(code), "files").open("incoming/check/june.csv"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining(code);
    }
}
