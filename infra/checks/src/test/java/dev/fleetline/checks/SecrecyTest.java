package dev.fleetline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetline.alertlinks.LinkKey;
import dev.fleetline.callback.CallbackKeys.Login;
import dev.fleetline.callback.CallbackSecret;
import dev.fleetline.carrier.CallbackListeners.Listener;
import dev.fleetline.carrier.SignedListeners.Registration;
import dev.fleetline.carrier.SignedListeners.SignedListener;
import dev.fleetline.testing.template.Resource;
import dev.fleetline.testing.template.Template;
import dev.fleetline.tokens.AccessToken;
import dev.fleetline.tokens.ClientCredentials;
import dev.fleetline.tokens.SessionDesk.Opened;
import dev.fleetline.tokens.TokenIssuer.Grant;
import dev.fleetline.tokens.TokenSource.Usable;
import dev.fleetline.tokens.UserCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages promise about secrets and bounds, held to the template and the types. */
class SecrecyTest {

    private static final Template TEMPLATE = Template.read();

    @Test
    void what_holds_a_secret_prints_without_it() {
        var token = new AccessToken("hush-1", Optional.of("hush-2"), List.of(), Instant.EPOCH, Duration.ofDays(30));

        assertThat(Stream.of(
                                token,
                                new ClientCredentials("an-id", "hush-3", Optional.empty()),
                                new Grant.Refresh("hush-4"),
                                new Grant.AuthorizationCode("hush-5", Optional.empty(), List.of()),
                                new Usable.Token("name", "version", "hush-6", Optional.of("hush-7"), List.of()),
                                token.with(Optional.of("hush-8")),
                                new UserCredentials("hush-9", "hush-10", "version"),
                                new Opened.Session("hush-11"),
                                new Login("hush-21", "hush-22"),
                                new CallbackSecret("hush-23", "hush-24", "hush-25", Map.of("AService", "hush-26")),
                                new Listener("AService", "hush-27", "hush-28", "hush-29"),
                                new SignedListener("AService", "hush-30"),
                                new Registration("AService", Optional.of("hush-31")),
                                new LinkKey("hush-32-hush-32-hush-32-hush-32-hush-32"))
                        .map(String::valueOf))
                .hasSize(14)
                .noneMatch(text -> text.contains("hush"));
    }

    @Test
    void the_template_holds_names_of_secrets_and_no_value() {
        assertThat(TEMPLATE.resourcesOf("AWS::SecretsManager::Secret"))
                .isNotEmpty()
                .filteredOn(secret -> !secret.properties().has("GenerateSecretString"))
                .extracting(secret -> secret.properties().path("SecretString").asText())
                .allMatch(Set.of("{}", "{\"state\":\"none\"}")::contains);
        assertThat(ProjectTree.text(ProjectTree.path("template.yaml"))).doesNotContain("{{resolve:");
        assertThat(secretVariables())
                .isNotEmpty()
                .allMatch(value -> value.path("Fn::Sub").asText().startsWith("fleetline/${Stage}/"));
    }

    @Test
    void the_access_log_has_neither_path_nor_headers_nor_body() {
        assertThat(TEMPLATE.resourcesOf("AWS::ApiGatewayV2::Stage"))
                .isNotEmpty()
                .extracting(stage -> stage.properties()
                        .path("AccessLogSettings")
                        .path("Format")
                        .asText())
                .allSatisfy(format -> assertThat(format)
                        .contains("$context.requestId")
                        .doesNotContainIgnoringCase("path")
                        .doesNotContainIgnoringCase("route")
                        .doesNotContainIgnoringCase("header")
                        .doesNotContainIgnoringCase("authoriz")
                        .doesNotContainIgnoringCase("body"));
    }

    @Test
    void the_way_in_has_a_bound_on_calls() {
        assertThat(TEMPLATE.resourcesOf("AWS::ApiGatewayV2::Stage"))
                .isNotEmpty()
                .allSatisfy(stage -> {
                    JsonNode settings = stage.properties().path("DefaultRouteSettings");
                    assertThat(settings.has("ThrottlingRateLimit")).isTrue();
                    assertThat(settings.has("ThrottlingBurstLimit")).isTrue();
                });
    }

    @Test
    void orders_are_worked_on_by_a_bounded_number_at_once() {
        assertThat(BusRules.of(TEMPLATE).mappings())
                .filteredOn(mapping -> mapping.type().equals("SQS"))
                .isNotEmpty()
                .allSatisfy(mapping -> assertThat(mapping.declared()
                                .path("ScalingConfig")
                                .path("MaximumConcurrency")
                                .asInt())
                        .isBetween(2, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "CoreClientSecret, TokenRefresh TokenAuthorization",
        "CallbackSecret, CallbackReceiver CallbackSecretRotation StreamSubscription",
        "CoreTokenSecret, TokenRefresh TokenAuthorization DeviceOnboarding OnboardingReconciler CallbackSecretRotation"
                + " StreamSubscription HealthSweep",
        "CallbackHmacSecret, CallbackReceiver StreamSubscription",
        "M2mClientSecret, TokenRefresh",
        "M2mUserSecret, TokenRefresh",
        "M2mTokenSecret, TokenRefresh DeviceOnboarding OnboardingReconciler CallbackSecretRotation StreamSubscription"
                + " HealthSweep",
        "EdgeClientSecret, TokenRefresh",
        "EdgeTokenSecret, TokenRefresh",
        "AlertLinksKey, AlertNotifier AlertDesk",
    })
    void a_secret_is_read_by_the_functions_of_its_job_alone(String secret, String readers) {
        assertThat(whoMay("secretsmanager:GetSecretValue"::equals, secret))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(readers.split(" ", -1)));
    }

    @Test
    void a_token_is_written_by_those_who_get_one_and_what_people_put_there_by_nobody() {
        Predicate<String> writes = action -> action.startsWith("secretsmanager:")
                && !List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
                        .contains(action);

        assertThat(whoMay(writes, "CoreTokenSecret")).containsExactlyInAnyOrder("TokenRefresh", "TokenAuthorization");
        assertThat(List.of("M2mTokenSecret", "EdgeTokenSecret"))
                .allSatisfy(secret -> assertThat(whoMay(writes, secret)).containsExactly("TokenRefresh"));
        assertThat(List.of("CoreClientSecret", "M2mClientSecret", "M2mUserSecret", "EdgeClientSecret"))
                .allSatisfy(secret -> assertThat(whoMay(writes, secret)).isEmpty());
        assertThat(whoMay(writes, "AlertLinksKey")).isEmpty();
        assertThat(whoMay(writes, "CallbackSecret")).containsExactly("CallbackSecretRotation");
        assertThat(whoMay(writes, "CallbackHmacSecret")).containsExactly("StreamSubscription");
    }

    @Test
    void every_secret_of_the_template_is_one_that_is_looked_after_here() {
        assertThat(TEMPLATE.resourcesOf("AWS::SecretsManager::Secret"))
                .extracting(Resource::logicalId)
                .containsExactlyInAnyOrder(
                        "CoreClientSecret",
                        "CallbackSecret",
                        "CallbackHmacSecret",
                        "CoreTokenSecret",
                        "M2mClientSecret",
                        "M2mUserSecret",
                        "M2mTokenSecret",
                        "EdgeClientSecret",
                        "EdgeTokenSecret",
                        "AlertLinksKey");
    }

    private static List<String> whoMay(Predicate<String> action, String secret) {
        return TEMPLATE.resourcesOf("AWS::Serverless::Function").stream()
                .filter(function -> function.properties()
                        .path("Policies")
                        .valueStream()
                        .flatMap(policy -> policy.path("Statement").valueStream())
                        .anyMatch(statement -> texts(statement.path("Action")).anyMatch(action)
                                && statement.path("Resource").toString().contains("\"" + secret + "\"")))
                .map(Resource::logicalId)
                .toList();
    }

    private static List<JsonNode> secretVariables() {
        return TEMPLATE.resourcesOf("AWS::Serverless::Function").stream()
                .flatMap(function -> function.properties()
                        .path("Environment")
                        .path("Variables")
                        .propertyStream())
                .filter(variable -> variable.getKey().endsWith("_SECRET"))
                .map(variable -> variable.getValue())
                .toList();
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText) : Stream.of(value.asText());
    }
}
