package io.xceptionc.compiler.language.attribute;

import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads numbers as the spec language writes them. */
public final class Numbers {

    private static final int LONGEST = 40;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private Numbers() {}

    /** An integer in decimal digits. */
    public static OptionalLong parseInteger(String text) {
        return INTEGER.matcher(text).matches()
                ? OptionalLong.of(new BigInteger(text).longValueExact())
                : OptionalLong.empty();
    }

    /** A finite decimal number, or a fraction of two such as {@code 1/127.5}. */
    public static OptionalDouble parse(String text) {
        if (text.length() > LONGEST) {
            return OptionalDouble.empty();
        }
        int slash = text.indexOf('/');
        double value = slash < 0
                ? decimal(text.strip())
                : decimal(text.substring(0, slash).strip()) / decimal(text.substring(slash + 1).strip());
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** A number as short as people write it. */
    public static String print(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e6
                ? Long.toString((long) number)
                : Double.toString(number).replace(".0E", "e").replace("E", "e");
    }

    private static double decimal(String text) {
        return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }
}
