package dev.fleetline.fleetreport;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fleetline.fleetreport.ReportTask.Completed;
import dev.fleetline.lambda.StreamHandler;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the report of a night when its pass has ended. */
public final class FleetReportHandler extends StreamHandler<ReportTask, ReportReply> {

    static final String NAME = "fleet-report";

    private static final Logger LOG = LoggerFactory.getLogger(FleetReportHandler.class);

    private final WriteReport writeReport;

    /** As AWS starts it. */
    public FleetReportHandler() {
        this(Surroundings.ofProcess());
    }

    /** As the local runner and tests start it. */
    public FleetReportHandler(Surroundings surroundings) {
        this(Wired.start(NAME, surroundings));
    }

    FleetReportHandler(ApplicationContext wiring) {
        super(NAME, ReportTask.class);
        this.writeReport = wiring.getBean(WriteReport.class);
    }

    @Override
    protected ReportReply handle(ReportTask task, Context context) {
        return switch (task) {
            case Completed(var pass) -> {
                try {
                    ReportReply reply = writeReport.run(pass.folder());
                    LOG.info("{}: {}", reply.outcome(), reply.counts());
                    if (reply.unreadable() > 0) {
                        LOG.warn("{} files could not be read to their end; the report names them", reply.unreadable());
                    }
                    yield reply;
                } catch (IOException e) {
                    throw new UncheckedIOException("the report could not be written; the next try begins anew", e);
                }
            }
        };
    }
}
