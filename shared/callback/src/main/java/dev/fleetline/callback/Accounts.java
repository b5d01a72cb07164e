package dev.fleetline.callback;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.callback.Delivery.Status.Quarantined;
import dev.fleetline.callback.PlatformJson.Parsed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the platform's billing accounts are ours. A message that names another one is somebody else's, wherever in it
 * the name stands; one that names none is taken for ours.
 *
 * @param ours their names; empty when nobody looks
 */
public record Accounts(Set<String> ours) {

    private static final Set<String> FIELDS = Set.of("accountname", "billingaccountid");

    private static final Quarantined ANOTHER_S =
            new Quarantined("OTHER_ACCOUNT", "the message names an account that is not ours");

    public Accounts {
        ours = Set.copyOf(ours);
    }

    /** As a setting lists them, with commas between. */
    public static Accounts of(Optional<String> list) {
        return new Accounts(Arrays.stream(list.orElse("").split(",", -1))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toSet()));
    }

    /** Why this one is set aside; empty when it is ours. */
    public Optional<Quarantined> refuse(Delivery delivery) {
        return !ours.isEmpty()
                        && PlatformJson.parse(delivery.payload()) instanceof Parsed.Good(var message)
                        && namesAnother(message)
                ? Optional.of(ANOTHER_S)
                : Optional.empty();
    }

    private boolean isAnother(String name) {
        return !name.isEmpty() && !ours.contains(name);
    }

    /** Goes as deep as a message may be nested. */
    private boolean namesAnother(JsonNode node) {
        return node.propertyStream()
                        .anyMatch(field -> FIELDS.contains(field.getKey().toLowerCase(Locale.ROOT))
                                && field.getValue().isTextual()
                                && isAnother(field.getValue().textValue().strip()))
                || node.valueStream().anyMatch(this::namesAnother);
    }
}
