package dev.fleetline.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetline.lambda.EdgeJson;
import dev.fleetline.lambda.Pause;
import dev.fleetline.local.LocalFleetline;
import dev.fleetline.local.LocalSetup;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.TokenRealm;
import dev.fleetline.tokens.TokenSource;
import dev.fleetline.tokens.TokenSource.Usable;
import dev.fleetline.tokens.TokenStore;
import dev.fleetline.tokenssecretsmanager.CachedTokenSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Lets many callers find out at once that their token has ended: each tells it on the bus, as the functions do, and reads
 * anew until another token is current. Counts the logins that this costs, and the reads that a warm caller makes.
 */
@Command(
        name = "bench-tokens",
        hidden = true,
        description = "Has many callers refused at once and counts the logins and the time until all are served.")
final class BenchTokensCommand implements Callable<Integer> {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    /** As the functions wait between two looks. */
    private static final int SHORTEST_MILLIS = 250;

    private static final int LONGEST_MILLIS = 750;
    private static final int WARM_UP = 300;
    private static final int WARM_READS = 100_000;

    @Mixin
    private final Terminal terminal = new Terminal();

    @Option(names = "--callers", defaultValue = "500", description = "how many (default: ${DEFAULT-VALUE})")
    private int callers;

    private final Pause pause = Pause.real();
    private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Passes everything on and counts the reads. */
    private static final class Counting implements TokenStore {
        private final TokenStore store;
        private final AtomicLong reads = new AtomicLong();

        Counting(TokenStore store) {
            this.store = store;
        }

        @Override
        public Stored current(TokenRealm realm) {
            reads.incrementAndGet();
            return store.current(realm);
        }

        @Override
        public Optional<Stored> candidate(TokenRealm realm) {
            return store.candidate(realm);
        }

        @Override
        public Optional<Stored> previous(TokenRealm realm) {
            return store.previous(realm);
        }

        @Override
        public void stage(TokenRealm realm, String versionId, AccessToken token) {
            store.stage(realm, versionId, token);
        }

        @Override
        public Promoted promote(TokenRealm realm, String versionId, String replaces) {
            return store.promote(realm, versionId, replaces);
        }

        @Override
        public String secret(TokenRealm realm) {
            return store.secret(realm);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalSetup setup = LocalSetup.onFreePorts(FleetlineCommand.project());
        try (LocalFleetline fleetline = LocalFleetline.startAgreed(setup)) {
            var store = new Counting(fleetline.tokens());
            // a function that was never called before has its classes to load
            expireAndHaveRefused(WARM_UP, fleetline, store);
            fleetline.settle();
            millis.clear();
            int before = logins(fleetline);
            int served = expireAndHaveRefused(callers, fleetline, store);
            int logins = logins(fleetline) - before;
            long reads = warmReads(store);
            fleetline.settle();
            return report(served, logins, reads);
        }
    }

    private int expireAndHaveRefused(int count, LocalFleetline fleetline, TokenStore store)
            throws IOException, InterruptedException {
        control(fleetline, "tokens/expire", "{\"realm\":\"core\"}");
        var served = new AtomicInteger();
        var all = new CountDownLatch(count);
        String refused = store.current(TokenRealm.CORE).versionId();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < count; caller++) {
                threads.execute(() -> {
                    try {
                        if (isServed(fleetline, store, refused)) {
                            served.incrementAndGet();
                            millis.add(
                                    Duration.ofNanos(System.nanoTime() - began).toMillis());
                        }
                    } finally {
                        all.countDown();
                    }
                });
            }
            all.await();
        }
        return served.get();
    }

    /** As a function does whose call was refused: tells it, and reads anew until another version is current. */
    private boolean isServed(LocalFleetline fleetline, TokenStore store, String refused) {
        TokenSource tokens = new CachedTokenSource(store, InstantSource.system(), TokenSource.LONGEST_KEPT);
        tokens.refused(TokenRealm.CORE, refused);
        ObjectNode detail = EdgeJson.JSON.createObjectNode();
        detail.put("schemaVersion", 1)
                .put("eventId", "bench")
                .put("realm", TokenRealm.CORE.code())
                .put("secret", store.secret(TokenRealm.CORE))
                .put("versionId", refused);
        fleetline.put("fleetline.bench", "TokenRejected", detail);
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (System.nanoTime() - end < 0) {
            if (tokens.token(TokenRealm.CORE) instanceof Usable.Token token
                    && !token.versionId().equals(refused)) {
                return true;
            }
            pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)));
        }
        return false;
    }

    private static long warmReads(Counting store) {
        TokenSource tokens = new CachedTokenSource(store, InstantSource.system(), TokenSource.LONGEST_KEPT);
        var _ = tokens.token(TokenRealm.CORE);
        long before = store.reads.get();
        for (int read = 0; read < WARM_READS; read++) {
            var _ = tokens.token(TokenRealm.CORE);
        }
        return store.reads.get() - before;
    }

    private int logins(LocalFleetline fleetline) throws IOException, InterruptedException {
        return control(fleetline, "state", "").at("/core/tokenRequests").asInt();
    }

    private JsonNode control(LocalFleetline fleetline, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fleetline.simulatorUri() + "/control/" + path));
        if (!body.isEmpty()) {
            request.header("content-type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return EdgeJson.JSON.readTree(
                http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private int report(int served, int logins, long reads) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        long median = sorted.length == 0 ? -1 : sorted[sorted.length / 2];
        long last = sorted.length == 0 ? -1 : sorted[sorted.length - 1];
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "callers %d, served %d, logins %d; half of them after %d ms, the last after %d ms (to be under"
                                + " 5000)%na warm reader: %d reads of the store in %d questions%n",
                        callers,
                        served,
                        logins,
                        median,
                        last,
                        reads,
                        WARM_READS);
        terminal.out().flush();
        return served == callers && logins == 1 && reads == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
