package dev.fleetline.device;

/**
 * What is kept under some key cannot be read: by this version, or by anybody. It is the matter of that one thing; the
 * store is well, and what is kept under other keys can be read.
 */
public class CannotBeRead extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public CannotBeRead(String message) {
        super(message);
    }

    public CannotBeRead(String message, Throwable cause) {
        super(message, cause);
    }
}
