package dev.fleetline.streamsubscription;

import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.callback.CallbackSecretVersions;
import dev.fleetline.callback.CallbackSecretVersions.Labels;
import dev.fleetline.callback.CallbackSecretVersions.Version;
import dev.fleetline.callback.Delivery;
import dev.fleetline.carrier.OurStreams;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there shall be on the platform now. While the callback secret is rotated its coming version is as good as the
 * current one, so that a repair does not undo what a rotation has done.
 *
 * @param key what a new target shall show
 * @param logins that are good, the one to register with first
 */
record WantedSetup(StreamPlan.Wanted streams, String key, List<CallbackSecret> logins, URI callbackUrl) {

    WantedSetup {
        logins = List.copyOf(logins);
    }

    /** That these services call us. */
    ListenerPlan.Wanted listeners(List<String> services) {
        Map<String, String> urls = new HashMap<>();
        services.forEach(service -> urls.put(service, callbackUrl + "/callbacks/" + service));
        return new ListenerPlan.Wanted(urls, logins);
    }

    /** Without the key and the address. */
    @Override
    public String toString() {
        return "WantedSetup[" + streams.kinds() + "]";
    }

    /**
     * What does not change with the secret.
     *
     * @param callbackUrl under which we are called, {@code https://host/unguessable}
     * @param services of M2M that shall call us
     * @param signers services that sign and shall call us
     */
    record Frame(URI callbackUrl, List<String> kinds, List<String> services, List<String> signers) {

        /** By what all streams are heard, see {@link Delivery#source()}. */
        static final String STREAMS = "stream";

        Frame {
            kinds = List.copyOf(kinds);
            services = List.copyOf(services);
            signers = List.copyOf(signers);
        }

        /** By what a service is heard. */
        static String sourceOf(String service) {
            return "callback/" + service;
        }

        /** By what everything here is heard. */
        List<String> sources() {
            Stream<String> callers = Stream.concat(services.stream(), signers.stream());
            return Stream.concat(Stream.of(STREAMS), callers.map(Frame::sourceOf))
                    .toList();
        }
    }

    /** As secret and settings say now. A secret that is not filled in is an exception that names it and the field. */
    static WantedSetup of(Frame frame, CallbackSecretVersions versions) {
        Labels labels = versions.labels();
        Version current = labels.current()
                .flatMap(versions::version)
                .orElseThrow(() -> new IllegalStateException(
                        "secret " + versions.secret() + " has no current value: fill it in with infra/secrets first"));
        Optional<Version> pending =
                labels.pending().filter(id -> !id.equals(current.id())).flatMap(versions::version);
        List<CallbackSecret> logins = Stream.concat(Stream.of(current), pending.stream())
                .map(Version::value)
                .toList();
        return new WantedSetup(
                new StreamPlan.Wanted(
                        frame.callbackUrl() + "/stream",
                        OurStreams.nameOf(current.id()),
                        pending.map(version -> OurStreams.nameOf(version.id())),
                        frame.kinds()),
                current.value().streamKey(),
                logins,
                frame.callbackUrl());
    }
}
