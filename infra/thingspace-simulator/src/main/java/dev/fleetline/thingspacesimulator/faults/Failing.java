package dev.fleetline.thingspacesimulator.faults;

import java.util.Arrays;
import java.util.List;

/** How many calls to come fail, and in which way. */
public record Failing(int times, Way way) {

    /** No call fails. */
    static final Failing NEVER = new Failing(0, Way.STATUS_500);

    /** The ways to fail. */
    public enum Way {
        /** The endpoint's own words for a fault of the server. */
        STATUS_500("500"),
        /** A page of something in between, not JSON. */
        HTML("html"),
        /** The gateway turns the call away. */
        GATEWAY("wso2"),
        /** The call is carried out and its answer lost. */
        LOST("lost");

        private final String spelling;

        Way(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }

        static List<String> spellings() {
            return Arrays.stream(values()).map(Way::spelling).toList();
        }

        static Way spelled(String text) {
            return Arrays.stream(values())
                    .filter(way -> way.spelling.equals(text))
                    .findFirst()
                    .orElse(STATUS_500);
        }
    }
}
