package dev.fleetline.localstack;

import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.testing.FileStoreContract;
import dev.fleetline.testing.aws.LoopbackAws;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

/** Files on LocalStack's S3, in a bucket that no other test has. */
@Tag("localstack")
@ExtendWith(OneLocalStack.class)
class FilesOnLocalStackIT extends FileStoreContract {

    private final String bucket = "fleetline-" + UUID.randomUUID();
    private final S3Client client;

    FilesOnLocalStackIT(URI localstack) {
        client = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), localstack))
                .build();
        client.createBucket(create -> create.bucket(bucket));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Override
    protected FileStore files() {
        return new S3FileStore(client, bucket);
    }
}
