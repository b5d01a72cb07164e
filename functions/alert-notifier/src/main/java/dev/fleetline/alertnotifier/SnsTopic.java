package dev.fleetline.alertnotifier;

import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** A topic of SNS. */
final class SnsTopic implements Topic {

    private final SnsClient sns;
    private final String arn;

    SnsTopic(SnsClient sns, String arn) {
        this.sns = sns;
        this.arn = arn;
    }

    @Override
    public void tell(Letter letter) {
        sns.publish(publish -> {
            publish.topicArn(arn)
                    .message(letter.text())
                    .messageAttributes(letter.attributes().entrySet().stream()
                            .collect(Collectors.toMap(entry -> entry.getKey(), entry -> text(entry.getValue()))));
            letter.subject().ifPresent(publish::subject);
        });
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
