package dev.fleetline.testing;

import dev.fleetline.callback.Hearing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was heard, in memory. */
public final class InMemoryHearing implements Hearing {

    private final Map<String, Heard> sources = new ConcurrentHashMap<>();

    @Override
    public void heard(String source, Instant at) {
        sources.merge(source, Heard.forTheFirstTime(at), (had, _) -> had.again(at));
    }

    @Override
    public Optional<Heard> of(String source) {
        return Optional.ofNullable(sources.get(source));
    }

    @Override
    public void forget(String source) {
        sources.remove(source);
    }
}
