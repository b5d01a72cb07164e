package dev.fleetline.fleetreport;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fleetline.sweepfiles.SweepFolder;

/** What is to be done, told apart by {@code task}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "task")
@JsonSubTypes({@JsonSubTypes.Type(value = ReportTask.Completed.class, name = "completed")})
sealed interface ReportTask {

    /** A pass over the whole fleet has ended; {@code event} is the detail of {@code HealthSweepCompleted}. */
    record Completed(Pass event) implements ReportTask {
        public Completed {
            if (event == null) {
                throw new IllegalArgumentException("the task needs event: the detail of HealthSweepCompleted");
            }
        }
    }

    /** The pass, as far as it is told by the event: everything else is in its files. */
    record Pass(String files) {
        public Pass {
            if (files == null) {
                throw new IllegalArgumentException("the event needs files: the folder of the pass");
            }
            new SweepFolder(files);
        }

        SweepFolder folder() {
            return new SweepFolder(files);
        }
    }
}
