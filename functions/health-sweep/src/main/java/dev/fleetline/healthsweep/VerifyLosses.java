package dev.fleetline.healthsweep;

import dev.fleetline.carrier.Carriers;
import dev.fleetline.claims.Claims;
import dev.fleetline.device.Device;
import dev.fleetline.device.DeviceRegistry;
import dev.fleetline.device.Imei;
import dev.fleetline.fleetevents.Digest;
import dev.fleetline.lambda.Deadline;
import dev.fleetline.lambda.LogKey;
import dev.fleetline.sweepfiles.JsonLines;
import dev.fleetline.sweepfiles.LossCandidate;
import dev.fleetline.sweepfiles.SweepFiles;
import dev.fleetline.sweepfiles.SweptLoss;
import dev.fleetline.sweepfiles.SweptLoss.CarrierWord;
import dev.fleetline.sweepfiles.SweptLoss.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Asks the carriers about devices that look lost, the worst first, before anybody is told: the silence may be ours. Asks
 * each no more often than carriers like, and of how many there is a bound; of the rest it is said that nobody was asked.
 */
final class VerifyLosses {

    private static final String M2M = "m2m";
    private static final int TIMES_AN_HOUR = 4;

    private static final Comparator<LossCandidate> WORST_FIRST = Comparator.comparing(LossCandidate::severity)
            .reversed()
            .thenComparing(Comparator.comparingDouble(LossCandidate::overdue).reversed())
            .thenComparing(LossCandidate::imei);

    private static final Logger LOG = LoggerFactory.getLogger(VerifyLosses.class);

    private final SweepFiles files;
    private final DeviceRegistry devices;
    private final Carriers carriers;
    private final Supplier<AskCore> core;
    private final Claims claims;
    private final InstantSource clock;
    private final int mostPages;
    private final Duration call;

    VerifyLosses(
            SweepFiles files,
            DeviceRegistry devices,
            Carriers carriers,
            Supplier<AskCore> core,
            Claims claims,
            InstantSource clock,
            int mostPages,
            Duration call) {
        this.files = files;
        this.devices = devices;
        this.carriers = carriers;
        this.core = core;
        this.claims = claims;
        this.clock = clock;
        this.mostPages = mostPages;
        this.call = call;
    }

    /**
     * What came of asking.
     *
     * @param lost devices that look lost, those that people know of included
     * @param asked of how many the carrier answered
     * @param unverified of how many it should have, and was not asked or did not answer
     */
    record Verified(int lost, int asked, int unverified, int missedReports) {
        static final Verified NOTHING = new Verified(0, 0, 0, 0);
    }

    /** What is known of a loss once it has been asked about. */
    private record Answer(CarrierWord word, boolean hasReported) {
        static final Answer NONE = new Answer(CarrierWord.NONE, false);
    }

    /** {@code parts} is how many files each segment has; nobody is asked while {@code isOurFault}. */
    Verified run(Pass pass, List<Integer> parts, boolean isOurFault, Deadline deadline) {
        List<LossCandidate> lost = candidates(pass, parts);
        List<LossCandidate> news =
                lost.stream().filter(one -> !one.alreadyOpen()).toList();
        Map<Imei, Answer> answers = isOurFault ? Map.of() : ask(news, deadline);
        try (JsonLines<SweptLoss> lines = files.write(pass.folder().verified())) {
            for (LossCandidate one : lost) {
                Answer answer = answers.getOrDefault(one.imei(), Answer.NONE);
                lines.add(new SweptLoss(
                        one,
                        answer.hasReported() ? Optional.of(Outcome.MISSED_REPORT) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        answer.word()));
            }
            lines.keep();
        }
        int missed = (int) answers.values().stream().filter(Answer::hasReported).count();
        return new Verified(lost.size(), answers.size(), news.size() - answers.size(), missed);
    }

    private List<LossCandidate> candidates(Pass pass, List<Integer> parts) {
        List<LossCandidate> lost = new ArrayList<>();
        for (int segment = 0; segment < parts.size(); segment++) {
            for (int part = 0; part < parts.get(segment); part++) {
                files.read(pass.folder().candidates(segment, part), LossCandidate.class, lost::add);
            }
        }
        lost.sort(WORST_FIRST);
        return lost;
    }

    private Map<Imei, Answer> ask(List<LossCandidate> news, Deadline deadline) {
        Map<Imei, Answer> answers = new HashMap<>();
        askM2m(news, deadline, answers);
        AskCore askCore = core.get();
        for (LossCandidate one : news) {
            if (askCore.isOver() || deadline.isNear(call.multipliedBy(2))) {
                break;
            }
            if (!one.carrier().equals(M2M)) {
                askCore(one, askCore, answers);
            }
        }
        return answers;
    }

    private void askCore(LossCandidate one, AskCore askCore, Map<Imei, Answer> answers) {
        MDC.put(LogKey.DEVICE.key(), one.imei().toString());
        try {
            Optional<Device> device = devices.find(one.imei());
            // who has reported since needs no asking: it will be judged as it is
            device.filter(found -> found.vitals()
                            .lastSeen()
                            .filter(one.since()::isBefore)
                            .isEmpty())
                    .flatMap(askCore::about)
                    .ifPresent(said -> answers.put(one.imei(), new Answer(said.word(), said.hasReported())));
        } catch (RuntimeException e) {
            LOG.error("could not be asked about", e);
        } finally {
            MDC.remove(LogKey.DEVICE.key());
        }
    }

    private void askM2m(List<LossCandidate> news, Deadline deadline, Map<Imei, Answer> answers) {
        Optional<AskM2m> m2m = carriers.named(M2M).map(carrier -> new AskM2m(carrier, mostPages, call));
        if (m2m.isEmpty()) {
            return;
        }
        Map<String, Set<Imei>> byAccount = news.stream()
                .filter(one -> one.carrier().equals(M2M))
                .collect(Collectors.groupingBy(
                        LossCandidate::account,
                        LinkedHashMap::new,
                        Collectors.mapping(LossCandidate::imei, Collectors.toSet())));
        byAccount.forEach((account, wanted) -> {
            if (claims.take("ask#" + Digest.of(M2M, account), TIMES_AN_HOUR, clock.instant(), Duration.ofHours(1))) {
                m2m.get()
                        .about(wanted, account, deadline)
                        .forEach((imei, word) -> answers.put(imei, new Answer(word, false)));
            }
        });
    }
}
