package dev.fleetline.thingspacesimulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.thingspacesimulator.Platform.Reply;
import java.net.http.HttpRequest.BodyPublishers;

/** A client of Cloud Connector that has both its tokens. */
final class CloudConnector {

    static final String API = "/thingspace/api/cc/v1";
    static final String ACCOUNT = "0999000001-00001";

    private final Platform platform;
    private final M2m m2m;
    private final String session;

    CloudConnector(Platform platform) {
        this.platform = platform;
        this.m2m = new M2m(platform);
        this.session = m2m.session();
    }

    /** Sends a body as it is. */
    Reply raw(String path, String bearer, String sessionToken, String body) {
        return platform.send(m2m.calling(API + path, bearer, sessionToken).POST(BodyPublishers.ofString(body)));
    }

    /** Posts those fields, wrapped as the platform wants them. */
    Reply post(String path, String fields) {
        return raw(path, m2m.bearer(), session, wrapped(fields).toString());
    }

    /** The same for a resource, which says whose it is by itself. */
    Reply create(String path, String fields) {
        return raw(
                path,
                m2m.bearer(),
                session,
                wrapped(fields).put("billingaccountid", ACCOUNT).toString());
    }

    Reply patch(String path, String fields) {
        return platform.send(m2m.calling(API + path, m2m.bearer(), session)
                .method("PATCH", BodyPublishers.ofString(wrapped(fields).toString())));
    }

    Reply target(String address) {
        return create(
                "/targets",
                "{\"kind\":\"ts.target\",\"name\":\"receiver\",\"addressscheme\":\"streamrest\",\"address\":\""
                        + address + "\",\"key1\":\"made-up-stream-key\"}");
    }

    Reply subscription(String target, String streamKind) {
        return create(
                "/subscriptions",
                "{\"streamkind\":\"" + streamKind + "\",\"targetid\":\"" + target
                        + "\",\"email\":\"ops@example.test\",\"name\":\"a stream\"}");
    }

    static String id(String id) {
        return "{\"resourceidentifier\":{\"id\":\"" + id + "\"}}";
    }

    private static ObjectNode wrapped(String fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("accountidentifier").put("billingaccountid", ACCOUNT);
        return body.setAll((ObjectNode) Platform.read(fields));
    }
}
