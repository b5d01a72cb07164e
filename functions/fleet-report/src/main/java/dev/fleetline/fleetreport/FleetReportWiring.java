package dev.fleetline.fleetreport;

import dev.fleetline.files.FileStore;
import dev.fleetline.filess3.S3FileStore;
import dev.fleetline.lambda.AwsAccess;
import dev.fleetline.lambda.Settings;
import dev.fleetline.lambda.Surroundings;
import dev.fleetline.lambda.Wired;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.s3.S3Client;

/** Names the adapters behind fleet-report's port. */
@Factory
@Requires(property = Wired.FUNCTION, value = FleetReportHandler.NAME)
final class FleetReportWiring {

    @Singleton
    FleetReportConfig config(Settings settings) {
        return FleetReportConfig.from(settings);
    }

    @Singleton
    FileStore files(FleetReportConfig config, Surroundings surroundings) {
        S3Client s3 = new AwsAccess(surroundings).client(S3FileStore.plainly(S3Client.builder()), "S3");
        return new S3FileStore(s3, config.filesBucket());
    }

    @Singleton
    WriteReport writeReport(FileStore files, FleetReportConfig config) {
        return new WriteReport(files, new ReportPage(), config.nextVisit(), config.judgedBy());
    }
}
