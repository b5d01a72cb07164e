package dev.fleetline.alertdesk;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, also below the level that is shown. */
final class RecordedLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    RecordedLog() {
        lines.start();
        root.addAppender(lines);
    }

    List<String> lines() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " " + line.getMDCPropertyMap()
                        + (line.getThrowableProxy() == null
                                ? ""
                                : " " + line.getThrowableProxy().getMessage()))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
    }
}
