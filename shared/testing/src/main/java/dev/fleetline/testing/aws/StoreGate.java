package dev.fleetline.testing.aws;

/**
 * Stands before the tables of a {@link LocalDynamo}. Each call that the store has read comes here, on a thread of its own, and
 * what is said here is the answer: the store's own, after it has carried out the call, or another.
 */
@FunctionalInterface
public interface StoreGate {

    /** Passes everything. */
    StoreGate OPEN = (call, store) -> store.carryOut(call.parameters());

    /** What the caller is told. */
    Answer pass(Call call, Store store);

    /**
     * What somebody asks of the store.
     *
     * @param path what the address it came by has after the port, at least {@code /}
     * @param operation as AWS spells it, such as {@code PutItem}
     * @param parameters in JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(String path, String operation, byte[] parameters) {}

    /**
     * What somebody is told.
     *
     * @param status of HTTP
     * @param body in JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {}

    /** The store behind the gate. */
    @FunctionalInterface
    interface Store {

        /** Carries out the call with these parameters; the answer, which may be a refusal. */
        Answer carryOut(byte[] parameters);
    }
}
