package dev.fleetline.alertnotifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetline.lambda.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TellNewsTest {

    private final Desk desk = new Desk();

    @Test
    void machines_get_the_event_as_it_is_and_no_link() {
        String event = Events.alert("Raised");
        desk.take(event);

        assertThat(desk.machines).singleElement().satisfies(letter -> {
            assertThat(letter.text()).isEqualTo(event).doesNotContain("signature");
            assertThat(letter.subject()).isEmpty();
            assertThat(letter.attributes()).containsEntry("severity", "WARNING");
        });
    }

    @Test
    void the_same_happening_published_twice_is_told_to_people_once() {
        assertThat(desk.take(Events.alert("Raised"))).isEqualTo(new Verdict.Done("told DeviceAlertRaised"));
        assertThat(desk.take(Events.again(Events.alert("Raised"))))
                .isEqualTo(new Verdict.Done("people were told before"));

        assertThat(desk.people).hasSize(1);
        assertThat(desk.machines).as("they tell by the event's id").hasSize(2);
    }

    @Test
    void reminders_of_three_days_are_three_messages() {
        for (int day = 1; day <= 3; day++) {
            String eventId = "0000000000000000000000000000000" + day;
            desk.take(Events.alert("Reminded", detail -> detail.put("eventId", eventId)));
        }

        assertThat(desk.people).hasSize(3);
    }

    @Test
    void what_the_topic_did_not_take_is_told_when_it_comes_again() {
        String event = Events.alert("Raised");
        desk.isTopicDown = true;
        assertThatThrownBy(() -> desk.take(event)).hasMessage("the topic does not answer");

        desk.isTopicDown = false;
        desk.told(event);
        assertThat(desk.people).hasSize(1);
    }

    @Test
    void an_alert_that_another_one_speaks_for_is_for_machines_alone() {
        desk.take(Events.alert("Raised", detail -> detail.put("status", "suppressed")));

        assertThat(desk.people).isEmpty();
        assertThat(desk.machines).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{\"detail-type\":\"DeviceAlertRaised\",\"detail\":{",
                "{}",
                "{\"id\":\"1\",\"detail-type\":\"DeviceAlertRaised\"}",
                "{\"id\":\"1\",\"detail-type\":\"DeviceAlertRaised\",\"detail\":null}",
                "{\"id\":\"1\",\"detail-type\":\"DeviceAlertRaised\",\"detail\":[]}",
                "{\"detail-type\":\"DeviceAlertRaised\",\"detail\":{\"eventId\":\"e\"}}"
            })
    void what_is_no_event_is_dead_with_a_reason(String body) {
        assertThat(desk.take(body))
                .isEqualTo(new Verdict.Dead(
                        "no event as EventBridge delivers one: JSON with id, detail-type and a detail"));
        assertThat(desk.people).isEmpty();
        assertThat(desk.machines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventId", "alertId", "condition", "severity", "summary", "runbookUrl"})
    void an_alert_without_what_a_person_must_know_is_dead_and_the_reason_names_it(String field) {
        assertThat(desk.take(Events.alert("Raised", detail -> detail.remove(field))))
                .isEqualTo(new Verdict.Dead("the event has no " + field));
        assertThat(desk.machines).as("who repairs it sends it again, to both").isEmpty();
    }

    @Test
    void an_alert_whose_id_is_none_is_dead_because_no_link_can_lead_to_it() {
        assertThat(desk.take(Events.alert("Raised", detail -> detail.put("alertId", "../../etc"))))
                .isEqualTo(new Verdict.Dead("the event's alertId is none"));
    }

    @Test
    void a_word_or_an_event_that_this_version_does_not_know_is_dead_and_the_reason_names_it() {
        assertThat(desk.take(Events.alert("Forgotten")))
                .isEqualTo(new Verdict.Dead("no word of an alert that this version knows: Forgotten"));
        assertThat(desk.take(Events.event("DeviceRegistered", "{\"eventId\":\"e\"}")))
                .isEqualTo(new Verdict.Dead("nobody writes about a DeviceRegistered here"));
    }
}
