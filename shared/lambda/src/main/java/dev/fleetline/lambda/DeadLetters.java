package dev.fleetline.lambda;

/** Where a loop puts a record that will never succeed. */
@FunctionalInterface
public interface DeadLetters {

    /** Keeps the record's own text with the reason; throws when it could not. */
    void send(String body, String reason);
}
