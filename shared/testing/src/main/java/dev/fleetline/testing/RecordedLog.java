package dev.fleetline.testing;

import static java.util.stream.Collectors.joining;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, also below the level that is shown. */
public final class RecordedLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** Listens from now on. */
    public RecordedLog() {
        lines.start();
        root.addAppender(lines);
    }

    /** Each with its fields and with what it says of an exception and of all its causes. */
    public List<String> lines() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage() + " " + line.getMDCPropertyMap()
                        + Stream.iterate(line.getThrowableProxy(), Objects::nonNull, IThrowableProxy::getCause)
                                .map(thrown -> " " + thrown.getClassName() + ": " + thrown.getMessage())
                                .collect(joining()))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
    }
}
