package io.xceptionc.cli.console;

import java.io.PrintStream;

/** How the progress of long work is shown. */
public enum ProgressStyle {
    /** Not at all. */
    NONE {
        @Override
        Progress start(String work, int steps, PrintStream err) {
            return new Silence();
        }
    },
    /** By a line now and then, for logs. */
    LINES {
        @Override
        Progress start(String work, int steps, PrintStream err) {
            return new ProgressLines(work, steps, err, System::nanoTime);
        }
    },
    /** By a bar that grows, on terminals. */
    BAR {
        @Override
        Progress start(String work, int steps, PrintStream err) {
            return new ProgressBarLine(work, steps, err);
        }
    };

    /** The property by which the launcher says whether messages go to a terminal. */
    static final String PROPERTY = "xceptionc.terminal";

    /** The style that the property asks for. */
    public static ProgressStyle ofProperty() {
        return switch (System.getProperty(PROPERTY, "")) {
            case "true" -> BAR;
            case "false" -> LINES;
            default -> NONE;
        };
    }

    abstract Progress start(String work, int steps, PrintStream err);

    private static final class Silence implements Progress {

        @Override
        public void next(String step) {}

        @Override
        public void close() {}
    }
}
