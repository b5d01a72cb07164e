package dev.fleetline.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.Fault;
import dev.fleetline.onboarding.CheckedOrder.Bad;
import dev.fleetline.onboarding.CheckedOrder.Good;
import dev.fleetline.onboarding.OnboardingRequest.Description;
import dev.fleetline.onboarding.OrderRules.Admitted;
import dev.fleetline.onboarding.OrderRules.Defaults;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRulesTest {

    private static final String IMEI = "999999000000014";
    private static final String ICCID = "89148000009999900014";
    private static final Optional<String> NONE = Optional.empty();
    private static final Set<String> BOTH = Set.of("core", "m2m");
    private static final Set<String> ANY = Set.of();

    private final OrderRules rules = new OrderRules(
            new Defaults("0999000001-00001", "core", NONE, NONE), new Admitted(BOTH, Set.of("891480"), ANY));

    @Test
    void an_order_of_core_needs_neither_plan_nor_zip() {
        assertThat(rules.check(order(NONE, NONE, NONE))).isInstanceOfSatisfying(Good.class, good -> {
            assertThat(good.order().carrier()).isEqualTo("core");
            assertThat(good.order().servicePlan()).isEmpty();
            assertThat(good.order().zip()).isEmpty();
        });
    }

    @Test
    void what_an_order_of_core_says_of_plan_and_zip_is_kept() {
        assertThat(rules.check(order(NONE, Optional.of("m2m_4G"), Optional.of("98801"))))
                .isInstanceOfSatisfying(Good.class, good -> {
                    assertThat(good.order().servicePlan()).contains("m2m_4G");
                    assertThat(good.order().zip()).contains("98801");
                });
    }

    @Test
    void an_order_of_m2m_needs_both() {
        assertThat(fields(rules.check(order(Optional.of("m2m"), NONE, NONE)))).containsExactly("servicePlan", "zip");
    }

    @Test
    void what_it_leaves_out_comes_from_the_deployment_and_stands_in_the_order() {
        OrderRules withDefaults = new OrderRules(
                new Defaults("0999000001-00001", "m2m", Optional.of("m2m_4G"), Optional.of("98801")),
                new Admitted(BOTH, ANY, ANY));

        assertThat(withDefaults.check(order(NONE, NONE, Optional.of("10001"))))
                .isInstanceOfSatisfying(Good.class, good -> {
                    assertThat(good.order().carrier()).isEqualTo("m2m");
                    assertThat(good.order().servicePlan()).contains("m2m_4G");
                    assertThat(good.order().zip()).contains("10001");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"9880", "988011", "98801-1234", "9880A", "９８８０１"})
    void a_zip_has_five_digits_wherever_it_is_given(String zip) {
        assertThat(fields(rules.check(order(NONE, NONE, Optional.of(zip))))).containsExactly("zip");
        assertThat(fields(rules.check(order(Optional.of("m2m"), Optional.of("m2m_4G"), Optional.of(zip)))))
                .containsExactly("zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"farmer's", "<4G", "m2m\\4G"})
    void a_plan_with_a_character_that_the_platform_refuses_is_refused_here(String plan) {
        assertThat(fields(rules.check(order(Optional.of("m2m"), Optional.of(plan), Optional.of("98801")))))
                .containsExactly("servicePlan");
    }

    @Test
    void a_carrier_that_the_deployment_does_not_speak_to_is_refused() {
        OrderRules coreOnly = new OrderRules(
                new Defaults("0999000001-00001", "core", NONE, NONE), new Admitted(Set.of("core"), ANY, ANY));

        assertThat(fields(coreOnly.check(order(Optional.of("m2m"), Optional.of("m2m_4G"), Optional.of("98801")))))
                .containsExactly("carrier");
    }

    @Test
    void a_sim_of_another_issuer_is_refused() {
        OrderRules others = new OrderRules(
                new Defaults("0999000001-00001", "core", NONE, NONE),
                new Admitted(BOTH, Set.of("894411", "8949"), ANY));

        assertThat(others.check(order(NONE, NONE, NONE))).isInstanceOfSatisfying(Bad.class, bad -> {
            assertThat(bad.faults()).extracting(Fault::field).containsExactly("iccid");
            assertThat(bad.faults().getFirst().rule())
                    .contains("894411", "8949")
                    .doesNotContain(ICCID);
        });
    }

    @Test
    void a_model_that_is_not_admitted_is_refused_and_one_that_is_not() {
        Defaults defaults = new Defaults("0999000001-00001", "core", NONE, NONE);

        assertThat(fields(new OrderRules(defaults, new Admitted(BOTH, ANY, Set.of("35000000")))
                        .check(order(NONE, NONE, NONE))))
                .containsExactly("imei");
        assertThat(new OrderRules(defaults, new Admitted(BOTH, ANY, Set.of("35000000", "99999900")))
                        .check(order(NONE, NONE, NONE)))
                .isInstanceOf(Good.class);
    }

    @Test
    void a_sim_that_is_elsewhere_is_a_fault_like_every_other() {
        Imei other = new Imei("999999000000022");

        CheckedOrder checked =
                rules.check(order(Optional.of("pigeon"), NONE, Optional.of("9")), (_, _) -> Optional.of(other));

        assertThat(checked).isInstanceOfSatisfying(Bad.class, bad -> {
            assertThat(bad.faults()).extracting(Fault::field).containsExactly("iccid", "carrier", "zip");
            assertThat(bad.faults().getFirst().rule()).contains("…0022").doesNotContain(other.digits());
        });
    }

    @Test
    void nobody_looks_where_a_sim_is_that_cannot_be_one() {
        OnboardingRequest bad = new OnboardingRequest("order-1", IMEI, "8914", NONE, NONE, description(NONE, NONE));

        CheckedOrder checked = rules.check(bad, (_, _) -> {
            throw new AssertionError("there is nothing to look for");
        });

        assertThat(fields(checked)).containsExactly("iccid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999000001-00001", "0999000001", "0999000001-1", "0999000001-00001 ", "０999000001-00001"})
    void an_account_is_written_as_the_platform_writes_it(String account) {
        OnboardingRequest bad =
                new OnboardingRequest("order-1", IMEI, ICCID, Optional.of(account), NONE, description(NONE, NONE));

        assertThat(fields(rules.check(bad))).containsExactly("account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt4h", "+PT4H", "PT240.5S", "PT-4H", "PT4H-1M"})
    void an_interval_is_written_as_the_event_has_it(String interval) {
        Description said = new Description(NONE, NONE, NONE, NONE, NONE, NONE, Optional.of(interval));

        assertThat(fields(rules.check(new OnboardingRequest("order-1", IMEI, ICCID, NONE, NONE, said))))
                .containsExactly("reportingInterval");
    }

    private static List<String> fields(CheckedOrder checked) {
        return switch (checked) {
            case Good _ -> List.of();
            case Bad(var _, var faults) -> faults.stream().map(Fault::field).toList();
        };
    }

    private static OnboardingRequest order(Optional<String> carrier, Optional<String> plan, Optional<String> zip) {
        return new OnboardingRequest("order-1", IMEI, ICCID, NONE, carrier, description(plan, zip));
    }

    private static Description description(Optional<String> plan, Optional<String> zip) {
        return new Description(NONE, NONE, NONE, NONE, plan, zip, NONE);
    }
}
