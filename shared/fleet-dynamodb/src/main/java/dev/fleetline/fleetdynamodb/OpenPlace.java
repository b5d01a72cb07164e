package dev.fleetline.fleetdynamodb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where a page of the open alerts ended, as a text that says nothing to anybody else. */
final class OpenPlace {

    /** The subject comes last, since nobody knows what is in its name. */
    private static final List<String> PARTS = List.of("condition", "openShard", "openSince", "subject");

    private OpenPlace() {}

    /** Behind this item of the index's key with this number; an empty item is before the first. */
    static String of(int key, Map<String, AttributeValue> after) {
        List<String> texts = new ArrayList<>(List.of(Integer.toString(key)));
        if (!after.isEmpty()) {
            PARTS.forEach(part -> texts.add(
                    Optional.ofNullable(after.get(part)).map(AttributeValue::s).orElse("")));
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    }

    static int key(String place) {
        return Integer.parseInt(texts(place).getFirst());
    }

    static Map<String, AttributeValue> after(String place) {
        List<String> texts = texts(place);
        Map<String, AttributeValue> item = new HashMap<>();
        for (int part = 1; part < texts.size(); part++) {
            item.put(PARTS.get(part - 1), AttributeValue.fromS(texts.get(part)));
        }
        return item;
    }

    private static List<String> texts(String place) {
        return List.of(
                new String(Base64.getUrlDecoder().decode(place), StandardCharsets.UTF_8).split("\n", PARTS.size() + 1));
    }
}
