package dev.fleetline.testing;

import dev.fleetline.claims.Claims;
import dev.fleetline.testing.InMemoryStore.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Claims in an {@link InMemoryStore}. */
public final class InMemoryClaims implements Claims {

    private final InMemoryStore store;

    public InMemoryClaims(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Lease lease(String claim, String holder, Instant now, Duration length) {
        return store.write("lease claim", stored -> {
            Optional<Claim> other = Optional.ofNullable(stored.leases.get(claim))
                    .filter(had -> !had.holder().equals(holder) && had.until().isAfter(now));
            if (other.isPresent()) {
                return new Lease.Taken(other.get().holder(), other.get().until());
            }
            Claim mine = new Claim(holder, now.plus(length));
            stored.leases.put(claim, mine);
            return new Lease.Granted(mine.until());
        });
    }

    @Override
    public Optional<String> holder(String claim, Instant now) {
        return store.read(stored -> Optional.ofNullable(stored.leases.get(claim))
                .filter(had -> had.until().isAfter(now))
                .map(Claim::holder));
    }

    @Override
    public void release(String claim, String holder) {
        store.write("release claim", stored -> stored.leases
                .entrySet()
                .removeIf(entry -> entry.getKey().equals(claim)
                        && entry.getValue().holder().equals(holder)));
    }

    @Override
    public boolean once(String claim, String holder, Instant now, Instant keepUntil) {
        return store.write("once claim", stored -> {
            Optional<Claim> kept = Optional.ofNullable(stored.onces.get(claim))
                    .filter(had -> had.until().isAfter(now));
            if (kept.isPresent()) {
                return kept.get().holder().equals(holder);
            }
            stored.onces.put(claim, new Claim(holder, keepUntil));
            return true;
        });
    }

    @Override
    public void issue(String ticket, Instant until) {
        store.write("issue ticket", stored -> Optional.ofNullable(stored.tickets.put(ticket, until)));
    }

    @Override
    public boolean redeem(String ticket, Instant now) {
        return store.write("redeem ticket", stored -> {
            boolean counts = Optional.ofNullable(stored.tickets.get(ticket))
                    .filter(until -> until.isAfter(now))
                    .isPresent();
            if (counts) {
                stored.tickets.remove(ticket);
            }
            return counts;
        });
    }

    @Override
    public boolean take(String bucket, int most, Instant now, Duration window) {
        String key = bucket + "#" + now.toEpochMilli() / window.toMillis();
        return store.write("take from bucket", stored -> {
            int taken = stored.taken.getOrDefault(key, 0);
            if (taken >= most) {
                return false;
            }
            stored.taken.put(key, taken + 1);
            return true;
        });
    }

    @Override
    public void keepAnswer(String claim, String answer, Instant keepUntil) {
        store.write(
                "keep answer", stored -> Optional.ofNullable(stored.answers.put(claim, new Claim(answer, keepUntil))));
    }

    @Override
    public Optional<String> answer(String claim, Instant now) {
        return store.read(stored -> Optional.ofNullable(stored.answers.get(claim))
                .filter(kept -> kept.until().isAfter(now))
                .map(Claim::holder));
    }
}
