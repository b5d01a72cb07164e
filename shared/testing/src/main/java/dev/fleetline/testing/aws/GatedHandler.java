package dev.fleetline.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import software.amazon.dynamodb.services.dataMembers.RequestData;
import software.amazon.dynamodb.services.dataMembers.ResponseData;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.exceptions.ExceptionBean;
import software.amazon.dynamodb.services.local.server.DynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB Local's own handler, with a gate where it has read a call and has not carried it out yet. */
final class GatedHandler extends LocalDynamoDBServerHandler {

    private static final String EVERY_ORIGIN = "*";

    private final StoreGate gate;

    GatedHandler(DynamoDBRequestHandler requests, StoreGate gate) {
        super(requests, EVERY_ORIGIN);
        this.gate = gate;
    }

    @Override
    protected void packageDynamoDBResponse(RequestData request, ResponseData response) {
        Request http = request.getBaseRequest();
        String target =
                Optional.ofNullable(http.getHeaders().get("X-Amz-Target")).orElse("");
        var call = new StoreGate.Call(
                http.getHttpURI().getPath(), target.substring(target.indexOf('.') + 1), request.getRequestBody());
        StoreGate.Answer answer = gate.pass(call, parameters -> carryOut(parameters, http, response.getResponse()));
        HttpFields.Mutable headers = response.getResponse().getHeaders();
        headers.put("Content-Type", "application/x-amz-json-1.0");
        // of what the store said, which the gate may have kept to itself
        headers.remove("x-amz-crc32");
        response.getResponse().setStatus(answer.status());
        response.setResponseBody(answer.body());
    }

    private StoreGate.Answer carryOut(byte[] parameters, Request http, Response answer) {
        // of its own: a body is set once, and the gate may have others in mind
        var request = new RequestData(http);
        request.setRequestBody(parameters);
        var response = new ResponseData(answer);
        try {
            super.packageDynamoDBResponse(request, response);
            return new StoreGate.Answer(answer.getStatus(), response.getResponseBody());
        } catch (DynamoDBLocalServiceException e) {
            return refusal(e);
        }
    }

    private StoreGate.Answer refusal(DynamoDBLocalServiceException e) {
        var said = new ExceptionBean(e.getErrorCode(), e.getMessage(), e.getCancellationReasons(), e.getItem());
        try {
            return new StoreGate.Answer(e.statusCode(), jsonMapper.writeValueAsBytes(said));
        } catch (JsonProcessingException bug) {
            throw new UncheckedIOException("a refusal of the store that is no JSON", bug);
        }
    }
}
