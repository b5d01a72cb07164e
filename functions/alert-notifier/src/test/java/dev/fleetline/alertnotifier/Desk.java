package dev.fleetline.alertnotifier;

import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.alertlinks.LinkKey;
import dev.fleetline.alertlinks.LinkKeys;
import dev.fleetline.lambda.BatchWork.Step;
import dev.fleetline.lambda.Verdict;
import dev.fleetline.testing.InMemoryClaims;
import dev.fleetline.testing.InMemoryStore;
import dev.fleetline.testing.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A notifier with people and machines that note what they hear. */
final class Desk {

    static final LinkKey KEY = new LinkKey("a-link-key-under-test-number-one-0001");

    final MovableClock clock = MovableClock.at("2026-03-02T16:00:00Z");
    final List<Letter> people = new ArrayList<>();
    final List<Letter> machines = new ArrayList<>();
    boolean isTopicDown;
    boolean isKeyMissing;

    private final LinkKeys keys = new LinkKeys() {
        @Override
        public List<LinkKey> keys() {
            if (isKeyMissing) {
                throw new IllegalStateException("secret fleetline/test/alert-links/key does not exist");
            }
            return List.of(KEY);
        }

        @Override
        public void refresh() {}
    };

    final AlertLinks links = new AlertLinks(keys);

    private final TellNews tellNews = new TellNews(
            new WriteLetter(
                    new ActionLinks(URI.create("https://desk.example.test"), links, Duration.ofDays(3), clock),
                    URI.create("https://runbooks.example.test/fleetline")),
            letter -> {
                if (isTopicDown) {
                    throw new IllegalStateException("the topic does not answer");
                }
                people.add(letter);
            },
            machines::add,
            new InMemoryClaims(new InMemoryStore()),
            clock);

    /** What becomes of a message of the queue. */
    Verdict take(String body) {
        return switch (tellNews.begin(body)) {
            case Step.Over<Letter>(var verdict) -> verdict;
            case Step.Ready<Letter> _ -> throw new AssertionError("there is no last step");
        };
    }

    /** The one message that people hear of it. */
    Letter told(String body) {
        int before = people.size();
        var verdict = take(body);
        if (people.size() != before + 1) {
            throw new AssertionError("people did not hear of it: " + verdict);
        }
        return people.getLast();
    }
}
