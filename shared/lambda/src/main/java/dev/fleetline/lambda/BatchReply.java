package dev.fleetline.lambda;

import java.util.List;

/** The answer to a queue or a stream: which records are to come again ({@code ReportBatchItemFailures}). */
public record BatchReply(List<Failure> batchItemFailures) {

    public BatchReply {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    /** A message id of a queue, or a sequence number of a stream. */
    public record Failure(String itemIdentifier) {}
}
