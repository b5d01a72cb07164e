package dev.fleetline.local.faults;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A function whose instance can be killed in the middle of its work: from then on nothing that it does comes through, what
 * it answers is thrown away, and a fresh instance takes the next event.
 */
final class MortalFunction implements RequestStreamHandler {

    private final Supplier<Life> birth;
    private final List<String> deaths = new ArrayList<>();
    private volatile Life life;

    /** An instance, and its door. */
    record Life(RequestStreamHandler handler, Door door) {}

    MortalFunction(Supplier<Life> birth) {
        this.birth = birth;
        this.life = birth.get();
    }

    /** Kills the instance that works now, as {@link Door#cutAt} says. */
    void kill(int call, boolean done) {
        life.door().cutAt(call, done);
    }

    /** In the midst of what each killed instance died. */
    synchronized List<String> deaths() {
        return List.copyOf(deaths);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Life mine = life;
        var answer = new ByteArrayOutputStream();
        try {
            mine.handler().handleRequest(in, answer, context);
        } finally {
            if (mine.door().isCut()) {
                bury(mine);
            }
        }
        if (mine.door().isCut()) {
            throw new IOException("the instance was killed (played)");
        }
        answer.writeTo(out);
    }

    private synchronized void bury(Life dead) {
        // all lanes that shared it come here, and it is buried once
        if (life.door().equals(dead.door())) {
            deaths.add(dead.door().diedAt());
            life = birth.get();
        }
    }
}
