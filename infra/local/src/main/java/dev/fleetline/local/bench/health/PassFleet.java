package dev.fleetline.local.bench.health;

import dev.fleetline.device.Charging;
import dev.fleetline.device.Consequences;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Health;
import dev.fleetline.device.HealthSettings;
import dev.fleetline.device.Lifecycle;
import dev.fleetline.device.Measure;
import dev.fleetline.device.Reading;
import dev.fleetline.device.Report;
import dev.fleetline.fleetgenerator.FleetPlan;
import dev.fleetline.fleetgenerator.GeneratedFleet;
import dev.fleetline.fleetgenerator.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Fills a devices table for a pass: devices that have reported every four hours for three months, so that all that is kept of
 * them is full, and of which one in a hundred has been silent for too long.
 */
final class PassFleet {

    private static final Duration INTERVAL = Duration.ofHours(4);
    private static final int REPORTS = 92 * 6;
    private static final int BATCH = 25;

    /** So many devices are made report by report; the others are like them. */
    private static final int MODELS = 200;

    private final Health health = new Health(HealthSettings.DEFAULTS);
    private final DynamoDbClient dynamo;
    private final DeviceRegistry devices;
    private final String table;
    private final Instant now;

    PassFleet(DynamoDbClient dynamo, DeviceRegistry devices, String table, Instant now) {
        this.dynamo = dynamo;
        this.devices = devices;
        this.table = table;
        this.now = now;
    }

    /** The table holds so many devices afterwards. */
    void fill(int count) {
        List<Member> members = new GeneratedFleet(new FleetPlan(1, Math.max(100, count), 14, now))
                .members()
                .subList(0, count);
        List<Map<String, AttributeValue>> models = new ArrayList<>();
        for (Member member : members.subList(0, Math.min(count, MODELS))) {
            store(device(member));
            watch(member);
            models.add(dynamo.getItem(get -> get.tableName(table)
                            .key(Map.of(
                                    "imei", AttributeValue.fromS(member.imei().digits()))))
                    .item());
        }
        List<WriteRequest> batch = new ArrayList<>();
        for (Member member : members.subList(models.size(), count)) {
            Map<String, AttributeValue> item = new HashMap<>(models.get(member.number() % models.size()));
            item.put("imei", AttributeValue.fromS(member.imei().digits()));
            item.put("uid", AttributeValue.fromS(member.uid().value()));
            item.put("iccid", AttributeValue.fromS(member.iccid().digits()));
            batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
            if (batch.size() == BATCH) {
                write(batch);
            }
        }
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    /** How many of so many are silent for too long. */
    static int overdue(int count) {
        int models = Math.min(count, MODELS);
        int silent = 0;
        for (int number = 1; number <= count; number++) {
            silent += isSilent(number <= models ? number - 1 : number % models) ? 1 : 0;
        }
        return silent;
    }

    private static boolean isSilent(int model) {
        return model % 100 == 50;
    }

    private Device device(Member member) {
        Instant newest = isSilent(member.number() - 1)
                ? now.minus(INTERVAL.multipliedBy(5).dividedBy(2))
                : now.minus(Duration.ofMinutes(member.number() % 200));
        Device device = Device.requested(
                        member.imei(),
                        new Device.Order("order", member.iccid(), "0999000001-00001", member.carrier()),
                        new Device.Profile(
                                Optional.of("Tracker " + member.number()),
                                Optional.of("pumps"),
                                member.site(),
                                Optional.of("tracker"),
                                Optional.of(INTERVAL),
                                Optional.empty()),
                        newest.minus(INTERVAL.multipliedBy(REPORTS)))
                .knownAs(member.uid());
        device = device.in(new Lifecycle.InService(newest.minus(INTERVAL.multipliedBy(REPORTS))));
        for (int report = REPORTS; report >= 0; report--) {
            Instant at = newest.minus(INTERVAL.multipliedBy(report));
            device = device.reported(report(member, at, report), HealthSettings.DEFAULTS, at);
        }
        return device;
    }

    private static Report report(Member member, Instant at, int report) {
        double battery = 50 + report / 12.0;
        return new Report(
                Optional.of(member.uid()),
                Optional.of(member.imei()),
                at,
                Map.of(
                        Measure.BATTERY,
                        new Reading(at, Math.round(battery), Charging.NO),
                        Measure.RSRP,
                        Reading.of(at, -90 - report % 7),
                        Measure.RSRQ,
                        Reading.of(at, -11 - report % 3),
                        Measure.SERVICE,
                        Reading.of(at, 1)),
                Optional.of("311480-" + member.number() % 50));
    }

    private void store(Device device) {
        DeviceRegistry.Saved saved = devices.save(device, Consequences.NONE);
        if (!(saved instanceof DeviceRegistry.Saved.Stored)) {
            throw new IllegalStateException("device " + device.imei() + " was not stored: " + saved);
        }
    }

    /** As a pass leaves it: to be looked at when its silence would be a loss. */
    private void watch(Member member) {
        Device stored = devices.find(member.imei()).orElseThrow();
        if (!devices.watch(stored, health.dueAt(stored))) {
            throw new IllegalStateException("device " + member.imei() + " could not be watched");
        }
    }

    private void write(List<WriteRequest> batch) {
        var answer = dynamo.batchWriteItem(write -> write.requestItems(Map.of(table, List.copyOf(batch))));
        if (!answer.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("the engine took only a part of a batch");
        }
        batch.clear();
    }
}
