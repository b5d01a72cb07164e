package dev.fleetline.local.cli;

import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A Fleetline that was deployed: what its stack says of it. */
final class DeployedStack {

    private final String name;
    private final CloudFormationClient cloudFormation;

    /** Nothing is asked yet. */
    DeployedStack(String name, CloudFormationClient cloudFormation) {
        this.name = name;
        this.cloudFormation = cloudFormation;
    }

    String output(String key) {
        return described()
                .flatMap(found -> found.outputs().stream())
                .filter(output -> output.outputKey().equals(key))
                .map(Output::outputValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the stack " + name + " has no output " + key
                        + "; deploy this version of Fleetline first: infra/deploy"));
    }

    /** {@code dev}, by which everything of it is named. */
    String stage() {
        return described()
                .flatMap(found -> found.parameters().stream())
                .filter(parameter -> parameter.parameterKey().equals("Stage"))
                .map(Parameter::parameterValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the stack " + name + " is no Fleetline"));
    }

    /** With what the names of everything of it begin. */
    String prefix() {
        return "fleetline-" + stage() + "-";
    }

    private Stream<Stack> described() {
        return told(() -> cloudFormation
                        .describeStacks(describe -> describe.stackName(name))
                        .stacks())
                .stream();
    }

    /** What goes wrong, in AWS's words, the first line of them. */
    static <T> T told(Supplier<T> question) {
        try {
            return question.get();
        } catch (AwsServiceException refused) {
            throw new IllegalStateException("AWS: " + refused.awsErrorDetails().errorMessage(), refused);
        } catch (SdkException lost) {
            throw new IllegalStateException(
                    "AWS: "
                            + String.valueOf(lost.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no answer"),
                    lost);
        }
    }
}
