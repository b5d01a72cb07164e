package dev.fleetline.filess3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.files.FileStore;
import dev.fleetline.testing.FileStoreContract;
import dev.fleetline.testing.aws.LoopbackAws;
import dev.fleetline.testing.aws.S3StandIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FileStoreIT extends FileStoreContract {

    private final S3StandIn s3 = S3StandIn.start(
            InstantSource.fixed(Instant.parse("2026-03-02T15:00:00Z")), UUID::randomUUID, Set.of("files"), _ -> {});
    private final S3Client client = S3FileStore.plainly(LoopbackAws.aim(S3Client.builder(), s3.endpoint()))
            .build();

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Override
    protected FileStore files() {
        return new S3FileStore(client, "files");
    }

    @Test
    void a_bucket_that_is_not_there_is_no_empty_answer() {
        assertThatThrownBy(() -> new S3FileStore(client, "others").open("incoming/check/june.csv"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("bucket");
    }

    @Test
    void what_the_stand_in_does_not_know_it_refuses_by_name() {
        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket("files")))
                .hasMessageContaining("GET of a bucket with list-type is not answered here");
        assertThatThrownBy(() ->
                        client.deleteObject(delete -> delete.bucket("files").key("a")))
                .hasMessageContaining("DELETE of an object is not answered here");
        assertThatThrownBy(
                        () -> client.getObjectTagging(get -> get.bucket("files").key("a")))
                .hasMessageContaining("GET of an object with tagging is not answered here");
    }
}
