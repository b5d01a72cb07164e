package dev.fleetline.testing.calls;

import static java.util.Objects.requireNonNull;

/**
 * One operation on one resource.
 *
 * @param operation service and operation, {@code SecretsManager.GetSecretValue}; a transaction and a batch are as many
 *     calls as they have parts, and each names its part: {@code DynamoDb.TransactWriteItems.Put}
 * @param resource kind and name, {@code secret/fleetline/test/callback} or {@code table/fleetline-test-alerts/index/open}
 */
public record RecordedCall(String operation, String resource) {

    /** The resource of a call in which the recorder finds none. */
    public static final String NOTHING_KNOWN = "nothing/known";

    /** Refuses what could not be read back. */
    public RecordedCall {
        requireNonNull(resource, "resource");
        if (operation.isEmpty() || operation.contains(" ") || resource.isEmpty()) {
            throw new IllegalArgumentException("not an operation on a resource: " + operation + " on " + resource);
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static RecordedCall parse(String line) {
        int space = line.indexOf(' ');
        return new RecordedCall(line.substring(0, Math.max(0, space)), line.substring(space + 1));
    }

    /** In one line. */
    @Override
    public String toString() {
        return operation + " " + resource;
    }
}
