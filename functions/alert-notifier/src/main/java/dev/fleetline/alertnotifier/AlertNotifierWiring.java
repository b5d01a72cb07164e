package dev.fleetline.alertnotifier;

import dev.fleetline.alertlinks.AlertLinks;
import dev.fleetline.claims.Claims;
import dev.fleetline.fleetdynamodb.DynamoClaims;
import dev.fleetline.fleetdynamodb.Tables;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.QueueLoop;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.SqsEdge;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import dev.fleetline.tokenssecretsmanager.SecretsManagerLinkKeys;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Names the adapters behind alert-notifier's ports. */
@Factory
@Requires(property = Wired.FUNCTION, value = AlertNotifierHandler.FUNCTION)
final class AlertNotifierWiring {

    @Singleton
    AlertNotifierConfig config(Settings settings) {
        return AlertNotifierConfig.from(settings);
    }

    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient dynamo(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(DynamoDbClient.builder(), "DYNAMODB");
    }

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secrets(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SecretsManagerClient.builder(), "SECRETS_MANAGER");
    }

    @Singleton
    @Bean(preDestroy = "close")
    SnsClient sns(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SnsClient.builder(), "SNS");
    }

    @Singleton
    @Bean(preDestroy = "close")
    SqsClient sqs(Surroundings surroundings) {
        return new AwsAccess(surroundings).client(SqsClient.builder(), "SQS");
    }

    /** The claims are all it has a right to. */
    @Singleton
    Claims claims(DynamoDbClient dynamo, AlertNotifierConfig config) {
        return new DynamoClaims(dynamo, new Tables("", "", "", "", "", "", config.claimsTable()));
    }

    @Singleton
    WriteLetter writeLetter(SecretsManagerClient secrets, AlertNotifierConfig config, Surroundings surroundings) {
        AlertNotifierConfig.Links links = config.links();
        return new WriteLetter(
                new ActionLinks(
                        links.desk(),
                        new AlertLinks(new SecretsManagerLinkKeys(secrets, links.secret(), surroundings.clock())),
                        links.life(),
                        surroundings.clock()),
                config.runbooks());
    }

    @Singleton
    TellNews tellNews(
            WriteLetter writeLetter,
            SnsClient sns,
            Claims claims,
            AlertNotifierConfig config,
            Surroundings surroundings) {
        return new TellNews(
                writeLetter,
                new SnsTopic(sns, config.channels().alertTopic()),
                new SnsTopic(sns, config.channels().alertEventsTopic()),
                claims,
                surroundings.clock());
    }

    @Singleton
    QueueLoop loop(SqsClient sqs, AlertNotifierConfig config) {
        return new QueueLoop(
                new SqsEdge(sqs, config.channels().queueUrl(), config.channels().deadLetterQueueUrl()));
    }
}
