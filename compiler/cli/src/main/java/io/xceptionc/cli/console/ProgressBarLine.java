package io.xceptionc.cli.console;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar in the last line of a terminal, which vanishes at the end. */
final class ProgressBarLine implements Progress {

    private static final int COLUMNS = 79;
    private static final int MESSAGE_COLUMNS = 30;
    private static final int INTERVAL_MILLISECONDS = 100;

    private final Line line;
    private final ProgressBar bar;
    private int begun;

    ProgressBarLine(String work, int steps, PrintStream err) {
        line = new Line(err);
        bar = ProgressBar.builder().setTaskName(work).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII).hideEta()
                .setUpdateIntervalMillis(INTERVAL_MILLISECONDS).setMaxRenderedLength(COLUMNS).continuousUpdate()
                .setConsumer(line).build();
    }

    @Override
    public void next(String step) {
        bar.stepTo(begun++);
        bar.setExtraMessage(Quotation.line(end(step)));
    }

    /** The end of a long text, so that room is left for the bar. */
    private static String end(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= MESSAGE_COLUMNS
                ? text
                : "..." + text.substring(text.offsetByCodePoints(0, length - MESSAGE_COLUMNS + 3));
    }

    @Override
    public void close() {
        bar.close();
        line.clear(); // the bar itself does so only if it was drawn before
    }

    /** Writes each state of the bar over the one before. The library's own consumers ask the terminal for its size. */
    private record Line(PrintStream err) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return COLUMNS;
        }

        @Override
        public void accept(String text) {
            err.print("\r" + text);
            err.flush();
        }

        @Override
        public void clear() {
            err.print("\r" + " ".repeat(COLUMNS) + "\r");
            err.flush();
        }

        @Override
        public void close() {}
    }
}
