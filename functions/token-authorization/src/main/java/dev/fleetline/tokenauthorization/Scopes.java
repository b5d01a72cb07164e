package dev.fleetline.tokenauthorization;

import dev.fleetline.tokens.DeviceScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person is asked to allow. */
final class Scopes {

    /** What is asked for by the setting, in words. */
    static final String BOUND =
            "1 to 20 different scopes such as ts.device, with a blank between them; ts.device must be among them";

    private static final int MOST = 20;

    private Scopes() {}

    /** Empty when the text is out of bounds. */
    static Optional<List<String>> in(String text) {
        List<String> scopes = Stream.of(text.strip().split(" +", -1)).toList();
        boolean good = scopes.size() <= MOST
                && DeviceScope.isAmong(scopes)
                && scopes.stream().distinct().count() == scopes.size()
                && scopes.stream().allMatch(scope -> scope.matches("ts\\.[a-z]{1,30}(\\.ro)?"));
        return good ? Optional.of(scopes) : Optional.empty();
    }
}
