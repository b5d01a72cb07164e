package dev.fleetline.bulkonboarding;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** What is to be done, told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({@JsonSubTypes.Type(value = BulkTask.Uploaded.class, name = "uploaded")})
sealed interface BulkTask {

    /** Somebody brought a file; {@code event} is the detail of what S3 told EventBridge. */
    record Uploaded(Created event) implements BulkTask {
        public Uploaded {
            if (event == null) {
                throw new IllegalArgumentException("the task needs event: the detail of an Object Created of S3");
            }
        }

        Optional<Upload> upload() {
            return Upload.of(event.object().key(), event.object().etag());
        }
    }

    /** An object is new, or new again. */
    record Created(Stored object) {
        public Created {
            if (object == null) {
                throw new IllegalArgumentException("the event needs object: the detail of an Object Created of S3");
            }
        }
    }

    /** The object; its key stands here as it is, without escapes. */
    record Stored(String key, String etag) {
        public Stored {
            if (key == null || key.isBlank() || etag == null || etag.isBlank()) {
                throw new IllegalArgumentException("object needs key and etag: the detail of an Object Created of S3");
            }
        }
    }
}
