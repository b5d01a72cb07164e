package dev.fleetline.testing.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.fleetline.lambda.LogKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes down each call that a function makes, once, in a file of the function's name.
 *
 * <p>The SDK finds this class by a file on the class path and puts it into every client. It knows the function by the
 * logging context: a synchronous client calls it on the thread of the invocation. What tests call themselves has no
 * function, and outside the build, where nobody has set the folder, nothing is written at all.
 */
public final class CallRecorder implements ExecutionInterceptor {

    /**
     * The system property with the folder to write to. The build gives it the build's own time as its name, so that
     * what an earlier build left behind is never taken for this one's.
     */
    public static final String FOLDER = "fleetline.aws-calls";

    private static final Set<String> WRITTEN = ConcurrentHashMap.newKeySet();

    private final Optional<Path> folder;

    /** As the SDK creates it. */
    public CallRecorder() {
        this(Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of));
    }

    CallRecorder(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
        Optional<String> function = Optional.ofNullable(MDC.get(LogKey.FUNCTION.key()));
        if (folder.isPresent() && function.isPresent()) {
            Path file = folder.get().resolve(function.get() + ".calls");
            String service =
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).replace(" ", "");
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            CalledResources.of(service + "." + operation, call.request()).forEach(one -> write(file, one));
        }
    }

    private static void write(Path file, RecordedCall call) {
        if (!WRITTEN.add(file + " " + call)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, call + "\n", UTF_8, CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("a call could not be written down", e);
        }
    }
}
