package dev.fleetline.testing;

import dev.fleetline.callback.SigningKeyBook;
import dev.fleetline.callback.SigningKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The keys of services that sign, in memory: both the side that writes and the side that reads. */
public final class InMemorySigningKeys implements SigningKeyBook, SigningKeys {

    private final Map<String, String> current = new TreeMap<>();
    private final Map<String, String> previous = new TreeMap<>();
    private Optional<RuntimeException> unreadable = Optional.empty();
    private boolean losesNextKey;

    /** The next key is not taken. */
    public void losesNextKey() {
        losesNextKey = true;
    }

    /** From now on nothing of the book can be read or written. */
    public void cannotBeRead(RuntimeException why) {
        unreadable = Optional.of(why);
    }

    /** The book can be read and written again. */
    public void isMended() {
        unreadable = Optional.empty();
    }

    private void read() {
        unreadable.ifPresent(why -> {
            throw why;
        });
    }

    @Override
    public Set<String> services() {
        read();
        return Set.copyOf(current.keySet());
    }

    @Override
    public void isReplaced(String service) {
        read();
        Optional.ofNullable(current.remove(service)).ifPresent(key -> previous.put(service, key));
    }

    @Override
    public Kept keep(String service, String key) {
        if (losesNextKey) {
            losesNextKey = false;
            return new Kept.No("the store is down");
        }
        current.put(service, key);
        return new Kept.Yes();
    }

    @Override
    public void forget(String service) {
        read();
        current.remove(service);
        previous.remove(service);
    }

    @Override
    public List<String> of(String service) {
        return Stream.of(current, previous)
                .flatMap(keys -> Optional.ofNullable(keys.get(service)).stream())
                .toList();
    }

    @Override
    public void refresh() {
        // always knows the newest
    }
}
