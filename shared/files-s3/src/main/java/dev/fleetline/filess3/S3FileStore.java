package dev.fleetline.filess3;

import dev.fleetline.files.FileStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files as objects of one bucket, each written by one call. */
public final class S3FileStore implements FileStore {

    private final S3Client client;
    private final String bucket;

    /** With a client that was built {@link #plainly}. */
    public S3FileStore(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * Has a client send and read objects as they are: the body's digest is part of the signature, so no checksum travels
     * beside it in chunks; and the bucket stands in the path, which is the same on AWS, on LocalStack and on loopback.
     */
    public static S3ClientBuilder plainly(S3ClientBuilder builder) {
        return builder.forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false));
    }

    @Override
    public Optional<Opened> open(String name) {
        try {
            ResponseInputStream<GetObjectResponse> answer =
                    client.getObject(get -> get.bucket(bucket).key(name));
            GetObjectResponse said = answer.response();
            return Optional.of(new Opened(said.contentLength(), said.eTag(), new LeftWhereItIs(answer)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (isRefused(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of an object that is not there S3 says no more than this to whoever may not list the bucket, as we may not. */
    private static boolean isRefused(S3Exception e) {
        return e.statusCode() == 403
                && Optional.ofNullable(e.awsErrorDetails())
                        .filter(details -> "AccessDenied".equals(details.errorCode()))
                        .isPresent();
    }

    @Override
    public void write(String name, Path content, String contentType) {
        client.putObject(put -> put.bucket(bucket).key(name).contentType(contentType), content);
    }

    /** Closed early, an answer of S3 is broken off: else the rest of it would be fetched to be thrown away. */
    private static final class LeftWhereItIs extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> answer;
        private boolean isAtEnd;

        LeftWhereItIs(ResponseInputStream<GetObjectResponse> answer) {
            super(answer);
            this.answer = answer;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            isAtEnd |= next < 0;
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            isAtEnd |= count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (!isAtEnd) {
                answer.abort();
            }
            super.close();
        }
    }
}
