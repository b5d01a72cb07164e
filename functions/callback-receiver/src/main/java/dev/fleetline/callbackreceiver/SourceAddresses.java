package dev.fleetline.callbackreceiver;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From where anybody may call at all; an empty list is everywhere. */
record SourceAddresses(List<Block> blocks) {

    /** The list's form, for complaints. */
    static final String FORM = "address blocks with a comma between two of them, as in 192.0.2.0/24, 198.51.100.7/32";

    SourceAddresses {
        blocks = List.copyOf(blocks);
    }

    /** The addresses whose first bits are those of {@code first}. */
    record Block(InetAddress first, int bits) {

        /** Reads {@code 192.0.2.0/24}; an address alone is a block of one. */
        static Block parse(String text) {
            String[] parts = text.split("/", -1);
            InetAddress first = InetAddress.ofLiteral(parts[0]);
            int most = first.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            if (parts.length > 2 || bits < 0 || bits > most) {
                throw new IllegalArgumentException("no address block");
            }
            return new Block(first, bits);
        }

        boolean holds(InetAddress address) {
            byte[] ours = first.getAddress();
            byte[] theirs = address.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when one of it is no block
     */
    static SourceAddresses parse(String list) {
        return new SourceAddresses(Stream.of(list.split(","))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(Block::parse)
                .toList());
    }

    /** Whether a caller from there is let near; one whose address nobody knows is not, where there is a list. */
    boolean allow(Optional<String> caller) {
        return blocks.isEmpty() || caller.filter(this::holds).isPresent();
    }

    private boolean holds(String caller) {
        try {
            InetAddress address = InetAddress.ofLiteral(caller);
            return blocks.stream().anyMatch(block -> block.holds(address));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
