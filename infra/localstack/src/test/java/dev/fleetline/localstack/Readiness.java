package dev.fleetline.localstack;

import java.util.Locale;

/** Whether LocalStack can be started on this machine, and what to say when it cannot. */
sealed interface Readiness {

    /** It can. */
    record Ready() implements Readiness {}

    /** It cannot; {@code mend} is the command that changes that. */
    record Missing(String what, String mend) implements Readiness {
        String line() {
            return String.format(Locale.ROOT, "%s; mend it: %s", what, mend);
        }
    }

    /** What to do with the tests of this run. */
    sealed interface Verdict {
        record Run() implements Verdict {}

        record Skip(String why) implements Verdict {}

        record Fail(String why) implements Verdict {}
    }

    /** What this machine has. */
    interface Machine {
        boolean dockerAnswers();

        boolean hasImage(String image);
    }

    static Readiness of(Machine machine, String image) {
        if (!machine.dockerAnswers()) {
            return new Missing("Docker does not answer", "infra/local/docker.sh");
        }
        if (!machine.hasImage(image)) {
            return new Missing(
                    "the image " + image + " is not here",
                    "docker pull " + image + ", or infra/local/localstack-image.sh where nothing can be pulled");
        }
        return new Ready();
    }

    /** {@code demanded} is what -Dlocalstack says; "required" turns skipping into failing. */
    default Verdict verdict(String demanded) {
        return switch (this) {
            case Ready() -> new Verdict.Run();
            case Missing missing
            when demanded.equals("required") -> new Verdict.Fail(missing.line() + " (-Dlocalstack=required)");
            case Missing missing -> new Verdict.Skip(missing.line());
        };
    }
}
