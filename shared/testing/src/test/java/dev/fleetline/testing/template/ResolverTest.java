package dev.fleetline.testing.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static final ResourceAnswers LOOPBACK = ResourceAnswers.onLoopback(URI.create("http://127.0.0.1:9324"));

    private static final String HEAD = """
            Parameters:
              Stage: {Type: String, Default: test, AllowedPattern: "[a-z]+"}
              Size: {Type: Number, Default: 5, MinValue: 1, MaxValue: 10}
              Kind: {Type: String, Default: small, AllowedValues: [small, large]}
              Zones: {Type: CommaDelimitedList, Default: "a, b"}
            Mappings: {Sizes: {small: {Gb: 1}, large: {Gb: 8}}}
            Conditions:
              IsTest: !Equals [!Ref Stage, test]
              IsLarge: !Equals [!Ref Kind, large]
              Neither: !Not [!Or [!Condition IsTest, !Condition IsLarge]]
              Both: !And [!Condition IsTest, !Condition IsLarge]
            Resources:
              Devices: {Type: "AWS::DynamoDB::Table", Properties: {TableName: !Sub "fleetline-${Stage}-devices"}}
              Unnamed: {Type: "AWS::DynamoDB::Table"}
              Orders: {Type: "AWS::SQS::Queue", Properties: {QueueName: !Sub "fleetline-${Stage}-orders"}}
              Bus: {Type: "AWS::Events::EventBus", Properties: {Name: !Sub "fleetline-${Stage}"}}
              Token: {Type: "AWS::SecretsManager::Secret", Properties: {Name: !Sub "fleetline/${Stage}/core/token"}}
              Alerts: {Type: "AWS::SNS::Topic", Properties: {TopicName: alerts}}
              Sweep: {Type: "AWS::Serverless::Function"}
              OnlyLarge: {Type: "AWS::SQS::Queue", Condition: IsLarge}
              Odd: {Type: "AWS::Odd::Thing"}
              Thing:
                Type: AWS::Thing
                Properties:
            """;

    @Test
    void resources_answer_as_they_are_named_on_loopback() {
        Resolver resolver = resolver("      X: 1", Map.of());

        assertThat(resolver.ref("Devices")).isEqualTo("fleetline-test-devices");
        assertThat(resolver.getAtt("Devices", "Arn"))
                .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/fleetline-test-devices");
        assertThat(resolver.ref("Unnamed")).isEqualTo("stack-Unnamed");
        assertThat(resolver.ref("Orders")).isEqualTo("http://127.0.0.1:9324/000000000000/fleetline-test-orders");
        assertThat(resolver.getAtt("Orders", "Arn"))
                .isEqualTo("arn:aws:sqs:us-east-1:000000000000:fleetline-test-orders");
        assertThat(resolver.getAtt("Orders", "QueueName")).isEqualTo("fleetline-test-orders");
        assertThat(resolver.ref("Bus")).isEqualTo("fleetline-test");
        assertThat(resolver.getAtt("Bus", "Arn"))
                .isEqualTo("arn:aws:events:us-east-1:000000000000:event-bus/fleetline-test");
        assertThat(resolver.ref("Token"))
                .startsWith("arn:aws:secretsmanager:us-east-1:000000000000:secret:fleetline/test/core/token-");
        assertThat(resolver.ref("Alerts")).isEqualTo("arn:aws:sns:us-east-1:000000000000:alerts");
        assertThat(resolver.getAtt("Sweep", "Arn"))
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:stack-Sweep");
    }

    @Test
    void functions_are_evaluated_inside_each_other() {
        assertThat(value("!Sub 'a-${Stage}-${Orders.QueueName}-${!Literal}-${AWS::Region}'"))
                .isEqualTo("a-test-fleetline-test-orders-${Literal}-us-east-1");
        assertThat(value("!Sub ['${One}$1${Stage}', {One: !Ref Kind}]")).isEqualTo("small$1test");
        assertThat(value("!Join ['/', [x, !Ref Stage, !Ref AWS::AccountId]]")).isEqualTo("x/test/000000000000");
        assertThat(value("!Join ['+', !Ref Zones]")).isEqualTo("a+b");
        assertThat(value("!If [IsTest, !Ref Kind, never]")).isEqualTo("small");
        assertThat(value("!If [Neither, never, !Sub '${AWS::StackName}']")).isEqualTo("stack");
        assertThat(value("!FindInMap [Sizes, !Ref Kind, Gb]")).isEqualTo("1");
        assertThat(value("!Select [1, !Split ['-', 'a-b-c']]")).isEqualTo("b");
    }

    @Test
    void conditions_follow_the_parameters() {
        Resolver small = resolver("      X: 1", Map.of());
        Resolver large = resolver("      X: 1", Map.of("Stage", "prod", "Kind", "large"));

        assertThat(small.condition("IsTest")).isTrue();
        assertThat(small.condition("Both")).isFalse();
        assertThat(large.condition("IsTest")).isFalse();
        assertThat(large.condition("Neither")).isFalse();
        assertThat(small.exists(small.template().resource("OnlyLarge"))).isFalse();
        assertThat(large.exists(large.template().resource("OnlyLarge"))).isTrue();
        assertThat(large.ref("Devices")).isEqualTo("fleetline-prod-devices");
    }

    @Test
    void no_value_takes_its_property_or_element_away() {
        Resolver resolver = resolver("""
                      Gone: !Ref AWS::NoValue
                      Also: !If [IsLarge, x, !Ref AWS::NoValue]
                      List: [a, !Ref AWS::NoValue, b]
                """, Map.of());

        assertThat(resolver.properties(resolver.template().resource("Thing")).toString())
                .isEqualTo("{\"List\":[\"a\",\"b\"]}");
    }

    @Test
    void answers_of_ones_own_come_before_those_of_loopback() {
        ResourceAnswers own =
                (resource, attribute, resolver) -> attribute.equals("StreamArn") ? Optional.of("s") : Optional.empty();
        Resolver resolver = Resolver.of(Template.parse(HEAD + "      X: 1"), "stack", Map.of(), own.orElse(LOOPBACK));

        assertThat(resolver.getAtt("Devices", "StreamArn")).isEqualTo("s");
        assertThat(resolver.ref("Devices")).isEqualTo("fleetline-test-devices");
    }

    @Test
    void what_cannot_be_evaluated_is_named_with_its_place() {
        refuses("!Ref Nobody", "Resources.Thing.Properties.X.Ref: Nobody is neither a parameter nor a resource");
        refuses("!Sub 'x${Nobody}'", "Resources.Thing.Properties.X.Fn::Sub ${Nobody}: Nobody is neither");
        refuses("!GetAtt Odd.Arn", "what a AWS::Odd::Thing answers to Arn is not known");
        refuses("!GetAtt Devices.StreamArn", "what a AWS::DynamoDB::Table answers to StreamArn is not known");
        refuses("!Ref OnlyLarge", "its condition IsLarge does not hold");
        refuses("!Ref AWS::Moon", "AWS::Moon is no pseudo parameter");
        refuses("!If [Unknown, a, b]", "the condition Unknown is not declared");
        refuses("!If [IsTest, a]", "must have a list of 3");
        refuses("!FindInMap [Sizes, medium, Gb]", "no such entry in Mappings");
        refuses("!Select [2, [a, b]]", "no element 2 in a list of 2");
        refuses("!ImportValue other", "Fn::ImportValue: is not evaluated: add it to Resolver with its test");
    }

    @Test
    void parameters_are_held_to_their_declarations() {
        refusesParameter(Map.of("Stgae", "test"), "Parameters.Stgae: has a value but is not declared");
        refusesParameter(Map.of("Stage", "T"), "Parameters.Stage: must match [a-z]+ but is T");
        refusesParameter(Map.of("Kind", "medium"), "Parameters.Kind: must be one of");
        refusesParameter(Map.of("Size", "11"), "Parameters.Size: must be from 1 to 10 but is 11");
        refusesParameter(Map.of("Size", "many"), "Parameters.Size: must be a number");
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Resolver.of(
                        Template.parse("Parameters: {Needed: {Type: String}}"), "stack", Map.of(), LOOPBACK))
                .withMessage("Parameters.Needed: has no Default and was given no value");
    }

    private static String value(String yaml) {
        Resolver resolver = resolver("      X: " + yaml, Map.of());
        return resolver.properties(resolver.template().resource("Thing"))
                .path("X")
                .asText();
    }

    private static void refuses(String yaml, String message) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> value(yaml))
                .withMessageContaining(message);
    }

    private static void refusesParameter(Map<String, String> parameters, String message) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> resolver("      X: 1", parameters))
                .withMessageContaining(message);
    }

    private static Resolver resolver(String properties, Map<String, String> parameters) {
        return Resolver.of(Template.parse(HEAD + properties), "stack", parameters, LOOPBACK);
    }
}
