package dev.fleetline.callback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fleetline.callback.CallbackKeys.Login;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What callback services log in with, as the messages of a body have it. */
public sealed interface Credentials {

    /** Every message shows a login or none; these are they. */
    record Shown(Set<Login> logins) implements Credentials {
        public Shown {
            logins = Set.copyOf(logins);
        }
    }

    /** One message has half of a login, or one of its fields twice, or one that is no text. */
    record Garbled() implements Credentials {}

    /** There is no login. */
    record Absent() implements Credentials {}

    /** Reads what can be read: what is wrong with a message behind its login, and beside it, does not matter here. */
    static Credentials in(byte[] body) {
        Set<Login> logins = new HashSet<>();
        for (byte[] message : Unpacking.service(body, Integer.MAX_VALUE)) {
            switch (ofMessage(PlatformJson.text(message).orElseGet(() -> new String(message, ISO_8859_1)))) {
                case Shown(var login) -> logins.addAll(login);
                case Garbled garbled -> {
                    return garbled;
                }
                case Absent _ -> {}
            }
        }
        return logins.isEmpty() ? new Absent() : new Shown(logins);
    }

    private static Credentials ofMessage(String text) {
        WrittenObject message = WrittenObject.read(text);
        if (message.fields().stream().noneMatch(field -> Redaction.isCredential(field.name()))) {
            return new Absent();
        }
        List<String> usernames = message.values("username");
        List<String> passwords = message.values("password");
        if (usernames.size() > 1 || passwords.size() > 1) {
            return new Garbled();
        }
        Optional<String> username = usernames.stream().findFirst().flatMap(PlatformJson::string);
        Optional<String> password = passwords.stream().findFirst().flatMap(PlatformJson::string);
        if (username.isPresent() && password.isPresent()) {
            return new Shown(Set.of(new Login(username.get(), password.get())));
        }
        // of a message that is cut off, the other half may be what is missing
        return message.isWhole() ? new Garbled() : new Absent();
    }
}
