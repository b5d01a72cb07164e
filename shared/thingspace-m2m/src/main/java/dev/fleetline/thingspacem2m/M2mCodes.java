package dev.fleetline.thingspacem2m;

import dev.fleetline.device.Mender;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.AlreadyDone;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.NotNow;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.OnHold;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.Refused;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.RenewToken;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.Stop;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy.WrongSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The codes of the M2M world and what each asks of us, as a table: of errors in answers and of faults in callbacks. Where
 * each is from stands in infra/thingspace.md. A code counts without the name of the service before it.
 */
public final class M2mCodes {

    private static final Remedy WRONG_ORDER = new Refused(Mender.SENDER);
    private static final Remedy WRONG_STATE = new Refused(Mender.OPERATIONS);

    private static final String ON_HOLD = "REQUEST_ONHOLD";
    private static final String CANCELLED = "REQUEST_CANCELLED";

    private static final List<Row> TABLE = List.of(
            new Row("REQUEST_FAILED.DeviceAlreadyActive", new AlreadyDone()),
            new Row("REQUEST_FAILED.DeviceNotFound", WRONG_ORDER),
            new Row("INPUT_INVALID.Device.Identifier.Invalid", WRONG_ORDER),
            new Row("INPUT_INVALID.Device.Account.Invalid", WRONG_ORDER),
            new Row("INPUT_INVALID.Request.InvalidCharacter", WRONG_ORDER),
            new Row("INPUT_INVALID.CustomField.InvalidName", WRONG_ORDER),
            new Row("INPUT_INVALID.CustomField.TooLong", WRONG_ORDER),
            // of a suspended or an ended line: somebody has to decide what shall become of it
            new Row("INPUT_INVALID.DeviceState.Invalid", WRONG_STATE),
            new Row("REQUEST_FAILED._servicePlan_.NotFound", new WrongSettings()),
            new Row("REQUEST_FAILED.DefaultIpPoolNotDefined", new WrongSettings()),
            // our limit of actions per line and day is above the platform's
            new Row("REQUEST_FAILED.LineActionsExceeded", new WrongSettings()),
            new Row("INPUT_INVALID.Account.NotDefined", new WrongSettings()),
            new Row("REQUEST_FAILED.AccountName", new WrongSettings()),
            new Row("REQUEST_FAILED.AccountNotFound", new WrongSettings()),
            new Row("REQUEST_FAILED.NoAccounts", new WrongSettings()),
            new Row("REQUEST_FAILED.MultipleAccounts", new WrongSettings()),
            // none of this is sent from here: if one comes, the platform wants something else by now
            new Row("INPUT_INVALID.Device.Kind.Invalid", new WrongSettings()),
            new Row("INPUT_INVALID.NumberofDevices", new WrongSettings()),
            new Row("INPUT_INVALID.MaxRequestsExceeded", new WrongSettings()),
            new Row("INPUT_INVALID.RequestUndefined", new WrongSettings()),
            new Row("REQUEST_FAILED.DeserializationFailed", new WrongSettings()),
            new Row("900906", new WrongSettings()),
            new Row("900800", new NotNow()),
            new Row(ON_HOLD, new OnHold()),
            new Row("REQUEST_FAILED.SessionToken.Expired", new RenewToken()),
            new Row("REQUEST_FAILED.SessionToken.Format", new RenewToken()),
            new Row("INPUT_INVALID.SessionToken.Invalid", new RenewToken()),
            new Row("900901", new RenewToken()),
            new Row("900902", new RenewToken()),
            new Row("INPUT_INVALID.Password.Invalid", new Stop()),
            new Row(CANCELLED, new Stop()),
            new Row("REQUEST_FAILED.UnexpectedError", new Stop()));

    /** Of codes whose class says only that it is a refusal, which is not repeated in a name. */
    private static final Set<String> PLAIN_CLASSES = Set.of("REQUEST_FAILED", "INPUT_INVALID");

    private static final Set<String> CLASSES = Set.of("REQUEST_FAILED", "INPUT_INVALID", ON_HOLD, CANCELLED);

    /** The name of the code for a device that the account does not have. */
    static final String NO_SUCH_DEVICE = "DEVICE_NOT_FOUND";

    private static final String UNREADABLE = "UNREADABLE_CODE";
    private static final int LONGEST = 100;

    private M2mCodes() {}

    /** What a code asks of us. */
    sealed interface Remedy {
        /** What was asked for is so already. */
        record AlreadyDone() implements Remedy {}

        /** No, because of what was asked for this device. */
        record Refused(Mender mender) implements Remedy {}

        /** No, and every order will hear the same until a setting is another. */
        record WrongSettings() implements Remedy {}

        /** Not the last word: later it may be another. */
        record NotNow() implements Remedy {}

        /** It was taken, and somebody has yet to approve it: whoever asks for it again may have it twice. */
        record OnHold() implements Remedy {}

        /** The bearer or the session has ended. */
        record RenewToken() implements Remedy {}

        /** Nothing that we send helps, and trying it makes it worse or changes nothing: a person calls the carrier. */
        record Stop() implements Remedy {}

        /** Who can mend it. Nobody has to mend what is done already, comes later, waits for its approval or needs a token. */
        default Optional<Mender> whoMends() {
            return switch (this) {
                case Refused(var mender) -> Optional.of(mender);
                case WrongSettings() -> Optional.of(Mender.OPERATIONS);
                case Stop() -> Optional.of(Mender.CARRIER);
                case AlreadyDone(), NotNow(), OnHold(), RenewToken() -> Optional.empty();
            };
        }
    }

    /** A code as the platform writes it, without the name of the service that it begins with. */
    static String withoutService(String code) {
        String first = code.contains(".") ? code.substring(0, code.indexOf('.')) : code;
        return CLASSES.contains(first) ? code : code.substring(code.indexOf('.') + 1);
    }

    /** Every code that somebody has described, in the order of the table. */
    static List<String> described() {
        return TABLE.stream().map(Row::code).toList();
    }

    /** Whether a code without the name of its service is the last word, with whatever status it comes. */
    static boolean isLastWord(String code) {
        return row(code).map(Row::code).filter(CANCELLED::equals).isPresent();
    }

    /** What a code without the name of its service asks of us; empty for one that nobody has described. */
    static Optional<Remedy> remedy(String code) {
        return row(code).map(Row::remedy);
    }

    /**
     * Who can mend what a code tells of, in any of the ways in which it is written: as the platform does, as
     * {@link #name} does, or its last part alone in capitals ({@code DEVICE_NOT_FOUND}), as a callback's is kept. A code
     * that nobody has described, or whose last part means one thing here and another there, is the carrier's to explain.
     */
    public static Mender mender(String code) {
        Set<Mender> menders = TABLE.stream()
                .filter(row -> row.fits(withoutService(code))
                        || row.name().equals(code)
                        || row.lastWord().equals(code))
                .flatMap(row -> row.remedy().whoMends().stream())
                .collect(Collectors.toSet());
        return menders.size() == 1 ? menders.iterator().next() : Mender.CARRIER;
    }

    /** The code as Fleetline writes it, {@code DEVICE_IDENTIFIER_INVALID}; says so where it holds what no code has. */
    static String name(String code) {
        return row(code).map(Row::name).orElseGet(() -> Optional.of(code)
                .filter(text -> text.length() <= LONGEST && text.matches("[A-Za-z][A-Za-z0-9_.-]*"))
                .map(M2mCodes::named)
                .filter(name -> !name.isEmpty())
                .orElse(UNREADABLE));
    }

    private static Optional<Row> row(String code) {
        return TABLE.stream().filter(row -> row.fits(code)).findFirst();
    }

    private static String named(String code) {
        return Arrays.stream(code.split("[.-]"))
                .filter(word -> !PLAIN_CLASSES.contains(word))
                .map(M2mCodes::inCapitals)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("_"));
    }

    private static String inCapitals(String word) {
        return word.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replaceAll("^_+|_+$", "")
                .toUpperCase(Locale.ROOT);
    }

    /**
     * One row.
     *
     * @param code the code, in which {@code _servicePlan_} is whatever name stands there; or a class that codes begin with
     */
    record Row(String code, Remedy remedy) {

        boolean fits(String other) {
            return other.matches(
                    code.contains(".") ? code.replace(".", "\\.").replaceAll("_[a-z]\\w*_", ".+") : code + "(\\..*)?");
        }

        String name() {
            return named(code);
        }

        String lastWord() {
            return inCapitals(code.substring(code.lastIndexOf('.') + 1));
        }
    }
}
