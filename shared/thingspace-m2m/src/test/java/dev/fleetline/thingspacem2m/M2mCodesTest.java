package dev.fleetline.thingspacem2m;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetline.device.Mender;
import dev.fleetline.thingspacem2m.M2mCodes.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class M2mCodesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REQUEST_FAILED.DeviceAlreadyActive         | AlreadyDone   |            | DEVICE_ALREADY_ACTIVE
            REQUEST_FAILED.DeviceNotFound              | Refused       | SENDER     | DEVICE_NOT_FOUND
            INPUT_INVALID.Device.Identifier.Invalid    | Refused       | SENDER     | DEVICE_IDENTIFIER_INVALID
            INPUT_INVALID.Device.Account.Invalid       | Refused       | SENDER     | DEVICE_ACCOUNT_INVALID
            INPUT_INVALID.Request.InvalidCharacter     | Refused       | SENDER     | REQUEST_INVALID_CHARACTER
            INPUT_INVALID.CustomField.InvalidName      | Refused       | SENDER     | CUSTOM_FIELD_INVALID_NAME
            INPUT_INVALID.CustomField.TooLong          | Refused       | SENDER     | CUSTOM_FIELD_TOO_LONG
            INPUT_INVALID.DeviceState.Invalid          | Refused       | OPERATIONS | DEVICE_STATE_INVALID
            REQUEST_FAILED.m2m_4G.NotFound             | WrongSettings | OPERATIONS | SERVICE_PLAN_NOT_FOUND
            REQUEST_FAILED.4G, 2.5 GB shared.NotFound  | WrongSettings | OPERATIONS | SERVICE_PLAN_NOT_FOUND
            REQUEST_FAILED.DefaultIpPoolNotDefined     | WrongSettings | OPERATIONS | DEFAULT_IP_POOL_NOT_DEFINED
            REQUEST_FAILED.LineActionsExceeded         | WrongSettings | OPERATIONS | LINE_ACTIONS_EXCEEDED
            INPUT_INVALID.Account.NotDefined           | WrongSettings | OPERATIONS | ACCOUNT_NOT_DEFINED
            REQUEST_FAILED.AccountName                 | WrongSettings | OPERATIONS | ACCOUNT_NAME
            REQUEST_FAILED.AccountNotFound             | WrongSettings | OPERATIONS | ACCOUNT_NOT_FOUND
            REQUEST_FAILED.NoAccounts                  | WrongSettings | OPERATIONS | NO_ACCOUNTS
            REQUEST_FAILED.MultipleAccounts            | WrongSettings | OPERATIONS | MULTIPLE_ACCOUNTS
            INPUT_INVALID.Device.Kind.Invalid          | WrongSettings | OPERATIONS | DEVICE_KIND_INVALID
            INPUT_INVALID.NumberofDevices              | WrongSettings | OPERATIONS | NUMBEROF_DEVICES
            INPUT_INVALID.MaxRequestsExceeded          | WrongSettings | OPERATIONS | MAX_REQUESTS_EXCEEDED
            INPUT_INVALID.RequestUndefined             | WrongSettings | OPERATIONS | REQUEST_UNDEFINED
            REQUEST_FAILED.DeserializationFailed       | WrongSettings | OPERATIONS | DESERIALIZATION_FAILED
            900906                                     | WrongSettings | OPERATIONS | 900906
            900800                                     | NotNow        |            | 900800
            REQUEST_ONHOLD                             | OnHold        |            | REQUEST_ONHOLD
            REQUEST_ONHOLD.Approval.Pending            | OnHold        |            | REQUEST_ONHOLD
            REQUEST_FAILED.SessionToken.Expired        | RenewToken    |            | SESSION_TOKEN_EXPIRED
            REQUEST_FAILED.SessionToken.Format         | RenewToken    |            | SESSION_TOKEN_FORMAT
            INPUT_INVALID.SessionToken.Invalid         | RenewToken    |            | SESSION_TOKEN_INVALID
            900901                                     | RenewToken    |            | 900901
            900902                                     | RenewToken    |            | 900902
            INPUT_INVALID.Password.Invalid             | Stop          | CARRIER    | PASSWORD_INVALID
            REQUEST_CANCELLED.Approval.Denied          | Stop          | CARRIER    | REQUEST_CANCELLED
            REQUEST_FAILED.UnexpectedError             | Stop          | CARRIER    | UNEXPECTED_ERROR
            """)
    void every_code_asks_for_one_thing_of_somebody(String code, String remedy, Mender mender, String name) {
        assertThat(M2mCodes.remedy(code))
                .hasValueSatisfying(
                        found -> assertThat(found.getClass().getSimpleName()).isEqualTo(remedy))
                .hasValueSatisfying(found -> assertThat(found.whoMends()).isEqualTo(Optional.ofNullable(mender)));
        assertThat(M2mCodes.name(code)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UnifiedWebService.REQUEST_FAILED.DeviceNotFound",
                "OtherService.REQUEST_FAILED.DeviceNotFound",
                "REQUEST_FAILED.DeviceNotFound",
                "DEVICE_NOT_FOUND"
            })
    void who_can_mend_it_is_known_however_the_code_is_written(String code) {
        assertThat(M2mCodes.mender(code)).isEqualTo(Mender.SENDER);
    }

    /** Of a callback's code only the last part is kept. */
    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, OPERATIONS",
        "INVALID_CHARACTER, SENDER",
        "TOO_LONG, SENDER",
        "NOT_DEFINED, OPERATIONS",
        "DEFAULT_IP_POOL_NOT_DEFINED, OPERATIONS",
        "UNEXPECTED_ERROR, CARRIER"
    })
    void the_last_part_of_a_code_is_enough_where_it_means_one_thing(String code, Mender mender) {
        assertThat(M2mCodes.mender(code)).isEqualTo(mender);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID", "SIM_NOT_FOUND", "SUSPEND_NOT_ALLOWED", "CARRIER_REFUSED", ""})
    void what_is_ambiguous_or_unheard_of_only_the_carrier_can_explain(String code) {
        assertThat(M2mCodes.mender(code)).isEqualTo(Mender.CARRIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REQUEST_FAILED.Device",
                "REQUEST_FAILED.DeviceNotFound.Extra",
                "REQUEST_FAILED.NotFound",
                "REQUEST_FAILEDxDeviceNotFound",
                "REQUEST_ONHOLDS.Approval",
                "request_failed.devicenotfound",
                "",
                "."
            })
    void what_is_only_like_a_code_is_none(String code) {
        assertThat(M2mCodes.remedy(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST_FAILED.SimNotFound, SIM_NOT_FOUND",
        "INVALID_ACCOUNT, INVALID_ACCOUNT",
        "REQUEST_FAILED, UNREADABLE_CODE",
        "REQUEST_FAILED.the secret is x, UNREADABLE_CODE",
        "7, UNREADABLE_CODE",
        "__, UNREADABLE_CODE"
    })
    void a_code_that_nobody_described_has_a_name_too_unless_it_is_none(String code, String name) {
        assertThat(M2mCodes.remedy(code)).isEmpty();
        assertThat(M2mCodes.name(code)).isEqualTo(name);
    }

    @Test
    void a_code_beyond_all_measure_is_not_repeated() {
        assertThat(M2mCodes.name("A".repeat(101))).isEqualTo("UNREADABLE_CODE");
    }

    @Test
    void the_page_about_the_platform_has_the_same_codes_in_the_same_order() throws IOException {
        String page = Files.readString(Path.of("..", "..", "infra", "thingspace.md"));
        String table = page.substring(page.indexOf("| code | means | asks for"));

        assertThat(Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
                        .matcher(table.substring(0, table.indexOf("\n\n")))
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyElementsOf(M2mCodes.described());
    }

    @Test
    void a_wrong_password_at_a_login_stops_everything_because_the_fifth_locks_the_user() {
        assertThat(M2mCodes.remedy(M2mCodes.withoutService("UnifiedWebService.INPUT_INVALID.Password.Invalid")))
                .contains(new Remedy.Stop());
    }
}
