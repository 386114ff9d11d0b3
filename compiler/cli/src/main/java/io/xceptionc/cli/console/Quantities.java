package io.xceptionc.cli.console;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as people read them. */
public final class Quantities {

    private static final long KIBIBYTE = 1024;

    private Quantities() {}

    /** {@code 22,910,480}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 layer}, {@code 2 layers}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1 byte}, {@code 512 bytes}, {@code 87.2 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < KIBIBYTE) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        boolean small = bytes < KIBIBYTE * KIBIBYTE;
        double number = (double) bytes / (small ? KIBIBYTE : KIBIBYTE * KIBIBYTE);
        return String.format(Locale.ROOT, "%,.1f %s", number, small ? "KiB" : "MiB");
    }

    /** {@code 3.1 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }

    /** {@code 4.21 ms}. */
    public static String milliseconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.2f ms", milliseconds);
    }

    /** {@code 299 x 299 x 3}. */
    public static String shape(List<? extends Number> dimensions) {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    /** {@code 1,234.5}. */
    public static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    /** {@code 12.3 %}, of a part of one. */
    public static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** {@code 1234.568}, for programs. */
    public static String fixed(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    /** {@code 2.1e-06}. */
    public static String scientific(double number) {
        return String.format(Locale.ROOT, "%.1e", number);
    }
}
