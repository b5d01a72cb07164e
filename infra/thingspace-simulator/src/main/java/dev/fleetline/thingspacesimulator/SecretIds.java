package dev.fleetline.thingspacesimulator;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * What tokens, codes, sessions and passwords are made of: random, and all with the same twelve digits at their end, so that a
 * log can be searched for them.
 */
final class SecretIds implements Supplier<UUID> {

    private static final long END = 0x5ec2_e75e_c2e7L;
    private static final long ALL_BUT_THE_END = 0xffff_0000_0000_0000L;

    @Override
    public UUID get() {
        UUID random = UUID.randomUUID();
        return new UUID(random.getMostSignificantBits(), (random.getLeastSignificantBits() & ALL_BUT_THE_END) | END);
    }
}
