package dev.fleetline.carrier;

import dev.fleetline.carrier.CarrierStreams.Subscription;
import dev.fleetline.carrier.CarrierStreams.Target;
import dev.fleetline.fleetevents.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which targets and subscriptions of an account are ours: a target whose address leads to us, and a subscription that
 * feeds one of those. Nothing else is ever touched.
 *
 * <p>A target's key cannot be changed, so each version of the callback secret has a target of its own, which is found
 * again by its name.
 */
public final class OurStreams {

    /** The kind of stream that holds every event. */
    public static final String ALL_EVENTS = "ts.event";

    /** How a subscription of ours is called. */
    public static final String SUBSCRIPTION_NAME = "fleetline-events";

    private static final String PREFIX = "fleetline-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{32}");

    private final OurAddresses addresses;

    /** By these addresses. */
    public OurStreams(OurAddresses addresses) {
        this.addresses = addresses;
    }

    /** How the target of a version of the callback secret is called. */
    public static String nameOf(String versionId) {
        return PREFIX + Digest.of(versionId);
    }

    /**
     * Whether a target has a name that we give. Any other is what a person or the platform wrote, which once was the
     * owner's e-mail address: not for logs.
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Those that are ours. */
    public List<Target> of(List<Target> all) {
        return all.stream()
                .filter(target -> addresses.isStream(target.address()))
                .toList();
    }

    /** The subscriptions that feed one of these targets. */
    public static List<Subscription> feeding(List<Target> targets, List<Subscription> all) {
        Set<String> ids = targets.stream().map(Target::id).collect(Collectors.toSet());
        return all.stream()
                .filter(subscription -> ids.contains(subscription.targetId()))
                .toList();
    }

    /** The first of that name that was made, should a lost answer have made two. */
    public static Optional<Target> named(List<Target> targets, String name) {
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .min(Comparator.comparing(Target::createdAt).thenComparing(Target::id));
    }
}
