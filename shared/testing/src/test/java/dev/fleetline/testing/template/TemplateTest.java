package dev.fleetline.testing.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

    @Test
    void short_forms_become_long_forms_wherever_they_stand() {
        Template template = Template.parse("""
                Resources:
                  Thing:
                    Type: AWS::Thing
                    Properties:
                      A: !Ref Stage
                      B: !Sub "${Stage}-x"
                      C: !GetAtt Queue.Arn
                      D: !GetAtt [Table, StreamArn]
                      E: !GetAtt Nested.Outputs.Value
                      F: !If [IsProd, !Join ["-", [a, !Ref Stage]], !Ref AWS::NoValue]
                      G: !FindInMap [M, !Ref Stage, Size]
                      H: !Not [!Equals [!Ref Stage, prod]]
                      I: !And [!Condition One, !Condition Two]
                      J: !Select [0, !Split [",", "a,b"]]
                      K: {"Fn::Sub": "long"}
                """);

        assertThat(template.resource("Thing").properties()).isEqualTo(json("""
                {"A": {"Ref": "Stage"},
                 "B": {"Fn::Sub": "${Stage}-x"},
                 "C": {"Fn::GetAtt": ["Queue", "Arn"]},
                 "D": {"Fn::GetAtt": ["Table", "StreamArn"]},
                 "E": {"Fn::GetAtt": ["Nested", "Outputs.Value"]},
                 "F": {"Fn::If": ["IsProd", {"Fn::Join": ["-", ["a", {"Ref": "Stage"}]]}, {"Ref": "AWS::NoValue"}]},
                 "G": {"Fn::FindInMap": ["M", {"Ref": "Stage"}, "Size"]},
                 "H": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Stage"}, "prod"]}]},
                 "I": {"Fn::And": [{"Condition": "One"}, {"Condition": "Two"}]},
                 "J": {"Fn::Select": [0, {"Fn::Split": [",", "a,b"]}]},
                 "K": {"Fn::Sub": "long"}}"""));
    }

    @Test
    void scalars_keep_what_cloudformation_takes_them_for() {
        Template template = Template.parse("""
                Resources:
                  Thing:
                    Type: AWS::Thing
                    Properties:
                      Date: 2012-10-17
                      Number: 900
                      Decimal: 1.5
                      Account: "000000000000"
                      Leading: 007
                      Yes: true
                      No: false
                      Text: "true"
                """);

        assertThat(template.resource("Thing").properties()).isEqualTo(json("""
                {"Date": "2012-10-17", "Number": 900, "Decimal": 1.5, "Account": "000000000000", "Leading": "007",
                 "Yes": true, "No": false, "Text": "true"}"""));
    }

    @Test
    void resources_are_found_by_id_and_by_type_in_their_order() {
        Template template = Template.parse("""
                Globals: {Function: {Runtime: java25}}
                Parameters: {Stage: {Type: String}}
                Resources:
                  B: {Type: "AWS::SQS::Queue", Condition: IsProd}
                  T: {Type: "AWS::DynamoDB::Table"}
                  A: {Type: "AWS::SQS::Queue"}
                """);

        assertThat(template.resources().keySet()).containsExactly("B", "T", "A");
        assertThat(template.resourcesOf("AWS::SQS::Queue"))
                .extracting(Resource::logicalId)
                .containsExactly("B", "A");
        assertThat(template.resource("B").condition()).contains("IsProd");
        assertThat(template.resource("A").condition()).isEmpty();
        assertThat(template.globals().path("Function").path("Runtime").asText()).isEqualTo("java25");
        assertThat(template.parameters().has("Stage")).isTrue();
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> template.resource("C"))
                .withMessage("Resources.C: is not there");
    }

    @Test
    void globals_are_merged_as_sam_merges_them() {
        Template template = Template.parse("""
                Globals:
                  Function:
                    MemorySize: 512
                    Layers: [base]
                    Environment: {Variables: {STAGE: !Ref Stage, TABLE: !Ref Devices}}
                Resources:
                  Sweep:
                    Type: AWS::Serverless::Function
                    Properties:
                      MemorySize: 1024
                      Layers: [own]
                      Environment: {Variables: {TABLE: !Sub other, LIMIT: 5}}
                  Queue: {Type: "AWS::SQS::Queue", Properties: {DelaySeconds: 1}}
                """);

        assertThat(template.effectiveProperties(template.resource("Sweep"))).isEqualTo(json("""
                {"MemorySize": 1024, "Layers": ["base", "own"],
                 "Environment": {"Variables": {
                   "STAGE": {"Ref": "Stage"}, "TABLE": {"Fn::Sub": "other"}, "LIMIT": 5}}}"""));
        assertThat(template.effectiveProperties(template.resource("Queue"))).isEqualTo(json("{\"DelaySeconds\": 1}"));
    }

    @Test
    void what_is_wrong_is_named_with_its_place() {
        refuses("Resources:\n  A: {Type: T, Properties: {X: !Reff Y}}", "line 2: !Reff is no function");
        refuses("Resources:\n  A: {Type: T}\n  A: {Type: U}", "line 3: the key A is there twice");
        refuses("Resources:\n  A: {Properties: {}}", "Resources.A: must have a Type");
        refuses("Resources:\n  A: {Type: T, Properties: {X: !GetAtt Y}}", "line 2: !GetAtt Y must be");
        refuses("Resources: [", "line 1: not YAML");
        refuses("", "template: is empty");
    }

    @Test
    void the_template_is_found_from_any_folder_below_it(@TempDir Path project) throws IOException {
        Files.writeString(project.resolve("template.yaml"), "Resources: {A: {Type: T}}");
        Path below = Files.createDirectories(project.resolve("infra/local/src"));

        assertThat(Template.read(below).resources()).containsOnlyKeys("A");
    }

    private static void refuses(String yaml, String message) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.parse(yaml))
                .withMessageContaining(message);
    }

    private static JsonNode json(String text) {
        try {
            // written out and read again, so that an int and a long of the same value are equal
            return TemplateYaml.toJson(new ObjectMapper().readTree(text).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
