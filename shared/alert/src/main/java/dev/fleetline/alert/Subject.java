package dev.fleetline.alert;

import static java.util.Objects.requireNonNull;

import dev.fleetline.device.Circumstances.PlatformFault;
import dev.fleetline.device.Device;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.FleetEvent.About;
import java.util.Optional;

/** What an alert is about: one device, several that are lost together, or what we hear of devices by. */
public sealed interface Subject {

    /** The subject as a key: {@code device#<imei>}, {@code site#<name>}. Holds a personal id: not for logs. */
    String key();

    /** The first word of its events. */
    About about();

    /** Whether what is wrong with the subject is wrong with this device. */
    boolean covers(Device device);

    /** The subject that has this key; empty when none has. */
    static Optional<Subject> of(String key) {
        int mark = key.indexOf('#');
        String kind = mark < 0 ? key : key.substring(0, mark);
        String name = key.substring(kind.length()).replaceFirst("^#", "");
        try {
            return switch (kind) {
                case "device" -> Optional.of(new OfDevice(new Imei(name)));
                case "site" -> Optional.of(new OfSite(name));
                case "cell" -> Optional.of(new OfCell(name));
                case "fleet" -> mark < 0 ? Optional.of(new OfFleet()) : Optional.empty();
                case "platform" -> Optional.of(new OfPlatform(name));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One device. */
    record OfDevice(Imei imei) implements Subject {
        @Override
        public String key() {
            return "device#" + imei.digits();
        }

        @Override
        public About about() {
            return About.DEVICE;
        }

        @Override
        public boolean covers(Device device) {
            return device.imei().equals(imei);
        }
    }

    /** The devices of one site. */
    record OfSite(String name) implements Subject {
        public OfSite {
            requireName(name);
        }

        @Override
        public String key() {
            return "site#" + name;
        }

        @Override
        public About about() {
            return About.SITE;
        }

        @Override
        public boolean covers(Device device) {
            return device.profile().site().filter(name::equals).isPresent();
        }
    }

    /** The devices that were last heard in one cell, {@code PLMN-CID}. */
    record OfCell(String id) implements Subject {
        public OfCell {
            requireName(id);
        }

        @Override
        public String key() {
            return "cell#" + id;
        }

        @Override
        public About about() {
            return About.CELL;
        }

        @Override
        public boolean covers(Device device) {
            return device.profile().cell().filter(cell -> cell.id().equals(id)).isPresent();
        }
    }

    /** The whole fleet. */
    record OfFleet() implements Subject {
        @Override
        public String key() {
            return "fleet";
        }

        @Override
        public About about() {
            return About.FLEET;
        }

        @Override
        public boolean covers(Device device) {
            return true;
        }
    }

    /** A realm's token, a stream or a listener: {@code m2m}, {@code core/ts.event}. */
    record OfPlatform(String service) implements Subject {
        public OfPlatform {
            requireName(service);
        }

        @Override
        public String key() {
            return "platform#" + service;
        }

        @Override
        public About about() {
            return About.PLATFORM;
        }

        /** A listener, too, is one of ours, and no device is silent because of it. */
        @Override
        public boolean covers(Device device) {
            return PlatformFault.isOf(service);
        }
    }

    private static void requireName(String name) {
        if (requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("a subject must have a name");
        }
    }
}
