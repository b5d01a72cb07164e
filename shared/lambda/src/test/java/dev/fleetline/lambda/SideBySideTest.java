package dev.fleetline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class SideBySideTest {

    @AfterEach
    void forget() {
        MDC.clear();
    }

    @Test
    void answers_come_in_the_order_of_the_questions_however_many_there_are() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();

        assertThat(SideBySide.each(numbers, number -> number * 2))
                .isEqualTo(numbers.stream().map(number -> number * 2).toList());
        assertThat(SideBySide.each(List.of(), Object::toString)).isEmpty();
    }

    @Test
    void what_is_logged_at_the_side_says_whose_it_is() {
        MDC.put(LogKey.FUNCTION.key(), "callback-receiver");

        assertThat(SideBySide.each(List.of(1, 2), _ -> MDC.get(LogKey.FUNCTION.key())))
                .containsExactly("callback-receiver", "callback-receiver");
    }

    @Test
    void one_that_fails_keeps_no_other_from_being_tried_and_is_told() {
        Set<Integer> tried = ConcurrentHashMap.newKeySet();

        assertThatThrownBy(() -> SideBySide.each(List.of(1, 2, 3), number -> {
                    tried.add(number);
                    if (number == 1) {
                        throw new IllegalArgumentException("the first");
                    }
                    return number;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the first");
        assertThat(tried).containsExactlyInAnyOrder(1, 2, 3);
    }
}
