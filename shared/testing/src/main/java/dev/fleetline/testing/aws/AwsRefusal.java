package dev.fleetline.testing.aws;

/** "No" as an AWS service says it: a status, an error code that the SDK turns into an exception type, and a reason. */
final class AwsRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private AwsRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The caller is wrong. */
    static AwsRefusal sender(String code, String message) {
        return new AwsRefusal(400, code, message);
    }

    static AwsRefusal notFound(String code, String message) {
        return new AwsRefusal(404, code, message);
    }

    /** The service is broken. */
    static AwsRefusal receiver(String message) {
        return new AwsRefusal(500, "InternalFailure", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
