package dev.fleetline.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How calls and answers of one service look on the wire. */
sealed interface WireProtocol permits JsonProtocol, QueryProtocol {

    /** What the protocol needs of a request. */
    record Request(Optional<String> target, String body) {}

    /** The call, or an {@link AwsRefusal} when the request does not speak this protocol. */
    AwsCall read(Request request);

    String answer(AwsCall call, ObjectNode result);

    String refusal(AwsRefusal refusal);

    String contentType();
}
