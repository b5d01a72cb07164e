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
 */
record WantedSetup(StreamPlan.Wanted streams, String key, ListenerPlan.Wanted listeners) {

    /** Without the key. */
    @Override
    public String toString() {
        return "WantedSetup[" + streams.kinds() + ", " + listeners.urls().keySet() + "]";
    }

    /**
     * What does not change with the secret.
     *
     * @param callbackUrl under which we are called, {@code https://host/unguessable}
     */
    record Frame(URI callbackUrl, List<String> kinds, List<String> services) {

        /** By what all streams are heard, see {@link Delivery#source()}. */
        static final String STREAMS = "stream";

        Frame {
            kinds = List.copyOf(kinds);
            services = List.copyOf(services);
        }

        /** By what a service is heard. */
        static String sourceOf(String service) {
            return "callback/" + service;
        }

        /** By what everything here is heard. */
        List<String> sources() {
            return Stream.concat(Stream.of(STREAMS), services.stream().map(Frame::sourceOf))
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
        Map<String, String> urls = new HashMap<>();
        frame.services().forEach(service -> urls.put(service, frame.callbackUrl() + "/callbacks/" + service));
        return new WantedSetup(
                new StreamPlan.Wanted(
                        frame.callbackUrl() + "/stream",
                        OurStreams.nameOf(current.id()),
                        pending.map(version -> OurStreams.nameOf(version.id())),
                        frame.kinds()),
                current.value().streamKey(),
                new ListenerPlan.Wanted(urls, logins));
    }
}
