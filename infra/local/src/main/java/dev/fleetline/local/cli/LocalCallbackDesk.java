package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The one that {@code up} keeps running on this machine. */
final class LocalCallbackDesk implements CallbackDesk {

    private final LocalCalls calls;

    /** Nothing is asked yet. */
    LocalCallbackDesk(URI baseUri) {
        this.calls = new LocalCalls(baseUri);
    }

    @Override
    public List<JsonNode> lines(Wanted wanted) {
        String ofDevice =
                wanted.device().map(name -> "?device=" + encoded(name)).orElse("");
        return calls.get("/local/callbacks" + ofDevice).valueStream().toList();
    }

    @Override
    public Optional<JsonNode> whole(String deliveryId) {
        return calls.find("/local/callbacks/" + encoded(deliveryId));
    }

    @Override
    public JsonNode replay(JsonNode task) {
        return calls.function("callback-replay").invoke(task);
    }

    @Override
    public void close() {
        calls.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
