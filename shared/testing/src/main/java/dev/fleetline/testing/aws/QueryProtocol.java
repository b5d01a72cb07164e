package dev.fleetline.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** AWS Query: the call is a form with an {@code Action}, the answer is XML; parameters stay flat, as they come. */
record QueryProtocol(String namespace) implements WireProtocol {

    @Override
    public AwsCall read(Request request) {
        ObjectNode parameters = ExactJson.MAPPER.createObjectNode();
        for (String pair : request.body().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        String action = parameters.path("Action").asText();
        if (action.isEmpty()) {
            throw AwsRefusal.sender(
                    "MissingAction",
                    "The form has no Action: is the client of another service aimed at this endpoint?");
        }
        parameters.remove("Action");
        parameters.remove("Version");
        return new AwsCall(action, parameters);
    }

    @Override
    public String answer(AwsCall call, ObjectNode result) {
        var xml = new StringBuilder();
        xml.append("<")
                .append(call.operation())
                .append("Response xmlns=\"")
                .append(namespace)
                .append("\">");
        xml.append("<").append(call.operation()).append("Result>");
        result.properties()
                .forEach(field -> element(xml, field.getKey(), field.getValue().asText()));
        xml.append("</").append(call.operation()).append("Result>");
        return xml.append("</").append(call.operation()).append("Response>").toString();
    }

    @Override
    public String refusal(AwsRefusal refusal) {
        var xml = new StringBuilder("<ErrorResponse xmlns=\"" + namespace + "\"><Error>");
        element(xml, "Type", refusal.status() < 500 ? "Sender" : "Receiver");
        element(xml, "Code", refusal.code());
        element(xml, "Message", String.valueOf(refusal.getMessage()));
        return xml.append("</Error></ErrorResponse>").toString();
    }

    @Override
    public String contentType() {
        return "text/xml";
    }

    private static void element(StringBuilder xml, String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        xml.append('<')
                .append(name)
                .append('>')
                .append(escaped)
                .append("</")
                .append(name)
                .append('>');
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
