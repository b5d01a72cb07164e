package dev.fleetline.thingspacesimulator.faults;

import dev.fleetline.thingspacesimulator.web.Spelled;

/** How many calls to come fail, and in which way. */
public record Failing(int times, Way way) {

    /** No call fails. */
    static final Failing NEVER = new Failing(0, Way.STATUS_500);

    /** The ways to fail. */
    public enum Way implements Spelled {
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

        @Override
        public String spelling() {
            return spelling;
        }
    }
}
