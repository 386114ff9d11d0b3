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

    String text(double number) {
        double scaled = switch (this) {
            case RATIO, MILLISECONDS, SECONDS, BYTES -> number;
            case MEBIBYTES -> number / (1 << 20);
            case GIGAFLOPS -> number / 1e9;
        };
        // Rounding must not make nothing of a few bytes, nor three digits of a fast run.
        boolean small = this == MILLISECONDS && scaled >= 100 || this == BYTES && scaled > 0 && scaled < 1;
        return String.format(Locale.ROOT, small ? (this == BYTES ? "%.3f bytes" : "%.1f ms") : format, scaled);
    }
}
