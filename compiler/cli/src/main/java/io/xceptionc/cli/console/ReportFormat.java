package io.xceptionc.cli.console;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** How a report is printed. */
public enum ReportFormat {
    /** For people. */
    TABLE {
        @Override
        public void print(Report report, Console console) {
            report.table().forEach(console::answer);
        }
    },
    /** For spreadsheets. */
    CSV {
        @Override
        public void print(Report report, Console console) {
            console.out().print(report.csv());
        }
    },
    /** For programs. */
    JSON {
        @Override
        public void print(Report report, Console console) {
            JsonText.print(console, report::json);
        }
    };

    /** What can be printed in every format. */
    public interface Report {

        /** Lines for people. */
        List<String> table();

        /** Lines of fields, headings first. */
        String csv();

        /** Writes the properties of an object. */
        void json(JsonGenerator json);
    }

    public abstract void print(Report report, Console console);
}
