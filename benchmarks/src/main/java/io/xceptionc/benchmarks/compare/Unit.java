package io.xceptionc.benchmarks.compare;

import java.util.Locale;

/** How a number is written for people. */
enum Unit {
    /** One number over another. */
    RATIO("%.2f"),
    /** Of a span of less than seconds. */
    MILLISECONDS("%.2f ms"),
    /** Of a long span. */
    SECONDS("%.1f s"),
    /** Of memory; the number is in bytes. */
    MEBIBYTES("%.0f MiB"),
    /** Of little memory. */
    BYTES("%.0f bytes"),
    /** Of speed; the number is in operations a second. */
    GIGAFLOPS("%.0f GFLOP/s");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    /** The number, with so many digits that a small one does not look like nothing. */
    String text(double number) {
        return switch (this) {
            case RATIO, SECONDS -> formatted(format, number);
            case MILLISECONDS -> formatted(number < 100 ? format : "%.1f ms", number);
            case BYTES -> formatted(number == 0 || number >= 1 ? format : "%.3f bytes", number);
            case MEBIBYTES -> formatted(number < 10 << 20 ? "%.1f MiB" : format, number / (1 << 20));
            case GIGAFLOPS -> formatted(format, number / 1e9);
        };
    }

    private static String formatted(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
