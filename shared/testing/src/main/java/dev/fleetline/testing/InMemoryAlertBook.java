package dev.fleetline.testing;

import dev.fleetline.alert.Alert;
import dev.fleetline.alert.AlertBook;
import dev.fleetline.alert.Subject;
import dev.fleetline.device.Condition;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.testing.InMemoryStore.AlertKey;
import dev.fleetline.testing.InMemoryStore.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Alerts in an {@link InMemoryStore}. */
public final class InMemoryAlertBook implements AlertBook {

    private final InMemoryStore store;

    public InMemoryAlertBook(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<Alert> of(Subject subject) {
        return store.read(stored -> Arrays.stream(Condition.values())
                .flatMap(condition -> Stream.ofNullable(stored.alerts.get(new AlertKey(subject.key(), condition))))
                .toList());
    }

    @Override
    public Written write(Alert alert, Basis basis, Consequences consequences) {
        if (alert instanceof Alert.Never) {
            throw new IllegalArgumentException("an alert that never was is not written: " + alert.condition());
        }
        AlertKey key = new AlertKey(alert.subject().key(), alert.condition());
        return store.write("write alert", stored -> {
            long version = Optional.ofNullable(stored.alerts.get(key))
                    .map(Alert::version)
                    .orElse(0L);
            if (version != alert.version()) {
                return Written.CHANGED;
            }
            Written written = apply(stored, basis);
            if (written == Written.STORED) {
                stored.alerts.put(key, alert.at(version + 1));
                stored.bring(alert.subject().key(), consequences);
            }
            return written;
        });
    }

    private static Written apply(State stored, Basis basis) {
        return switch (basis) {
            case Basis.OnDevice(var judged, var changed) -> {
                long version = Optional.ofNullable(stored.devices.get(judged.imei()))
                        .map(Device::version)
                        .orElse(0L);
                if (version != judged.version()) {
                    yield Written.CHANGED;
                }
                changed.ifPresent(next -> stored.devices.put(judged.imei(), next.at(version + 1)));
                yield Written.STORED;
            }
            case Basis.OnPass(var claim, var holder) ->
                Optional.ofNullable(stored.onces.get(claim))
                        .filter(had -> had.holder().equals(holder))
                        .map(_ -> Written.STORED)
                        .orElse(Written.NOT_OURS);
            case Basis.OnWord _ -> Written.STORED;
        };
    }

    @Override
    public Page open(Optional<String> startAfter, int limit) {
        int from = startAfter.map(Integer::parseInt).orElse(0);
        List<Alert.Open> all = sorted(_ -> true).toList();
        int to = Math.min(from + limit, all.size());
        return new Page(
                all.subList(Math.min(from, to), to),
                to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public List<Alert.Open> together() {
        return sorted(alert -> !(alert.subject() instanceof Subject.OfDevice)).toList();
    }

    @Override
    public List<Entry> due(Instant until, int limit) {
        return sorted(alert -> alert.due().filter(due -> !due.isAfter(until)).isPresent())
                .limit(limit)
                .map(alert -> new Entry(alert.subject(), alert.condition()))
                .toList();
    }

    private Stream<Alert.Open> sorted(Predicate<Alert.Open> which) {
        List<Alert.Open> open = store.read(stored -> stored.alerts.values().stream()
                .filter(Alert.Open.class::isInstance)
                .map(Alert.Open.class::cast)
                .filter(which)
                .toList());
        return open.stream()
                .sorted(Comparator.comparing((Alert.Open alert) -> alert.due().orElse(Instant.MAX))
                        .thenComparing(alert -> alert.subject().key())
                        .thenComparing(Alert.Open::condition));
    }
}
