package dev.fleetline.alertnotifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fleetline.alertnotifier.Facts.Unreadable;
import dev.fleetline.claims.Claims;
import dev.fleetline.lambda.BatchWork;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.lambda.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Tells machines and people of each event of a batch.
 *
 * <p>What is said to people is claimed first, by the event's id and for the one delivery that says it: the same happening
 * published twice is told once, and a delivery that comes again after a failure tells it. Machines are told each time,
 * for they see by the event's id that they know it already.
 */
final class TellNews implements BatchWork<Letter> {

    /** The bus tries for a day and the queue keeps for two weeks; after that nobody takes one for the other. */
    private static final Duration REMEMBERED = Duration.ofDays(15);

    private final WriteLetter writeLetter;
    private final Topic people;
    private final Topic machines;
    private final Claims claims;
    private final InstantSource clock;

    TellNews(WriteLetter writeLetter, Topic people, Topic machines, Claims claims, InstantSource clock) {
        this.writeLetter = writeLetter;
        this.people = people;
        this.machines = machines;
        this.claims = claims;
        this.clock = clock;
    }

    @Override
    public Step<Letter> begin(String body) {
        try {
            return new Step.Over<>(tell(read(body), body));
        } catch (Unreadable e) {
            return new Step.Over<>(new Verdict.Dead(e.reason()));
        }
    }

    /** Nothing is left for a last step. */
    @Override
    public List<Verdict> end(List<Letter> ready, Deadline deadline) {
        return List.of();
    }

    private Verdict tell(BusEvent event, String body) {
        String eventId = Facts.required(event.detail(), "eventId");
        String imei = WriteLetter.first(event.detail().path("device"), "imei");
        if (!imei.isEmpty()) {
            MDC.put(LogKey.DEVICE.key(), Facts.masked(imei));
        }
        Optional<Letter> letter = writeLetter.forPeople(event);
        machines.tell(WriteLetter.forMachines(event, body));
        if (letter.isEmpty()) {
            return new Verdict.Done("told to machines alone, another alert speaks for it");
        }
        Instant now = clock.instant();
        if (!claims.once("told#" + eventId, event.id(), now, now.plus(REMEMBERED))) {
            return new Verdict.Done("people were told before");
        }
        people.tell(letter.get());
        return new Verdict.Done("told " + event.detailType());
    }

    /** The parser's own words are left out: they may quote the message. */
    private static BusEvent read(String body) {
        Optional<BusEvent> event;
        try {
            event = Optional.ofNullable(EdgeJson.JSON.readValue(body, BusEvent.class));
        } catch (JsonProcessingException notJson) {
            event = Optional.empty();
        }
        return event.filter(BusEvent::isWhole)
                .orElseThrow(() ->
                        new Unreadable("no event as EventBridge delivers one: JSON with id, detail-type and a detail"));
    }
}
