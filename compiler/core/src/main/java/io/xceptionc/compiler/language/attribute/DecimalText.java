package io.xceptionc.compiler.language.attribute;

import java.math.BigDecimal;

/** Writes numbers as short as they can be without becoming others. */
public final class DecimalText {

    /** A fraction is looked for whose denominator has so many digits behind the point. */
    private static final double FINEST_DENOMINATOR = 1000;

    /** What is smaller is better known by its own digits. */
    private static final double SMALLEST_INVERSE = 1e-9;

    private DecimalText() {}

    /** A finite number, {@code 0.5} or {@code 1e-3}; zero has no sign. */
    public static String of(double number) {
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String plain = decimal.toPlainString();
        String scientific = decimal.unscaledValue() + "e" + -decimal.scale();
        return scientific.length() < plain.length() ? scientific : plain;
    }

    /** The number with the fewest digits that is read as that float. */
    public static double shortest(float number) {
        double shortest = Double.parseDouble(Float.toString(number));
        return (float) shortest == number ? shortest : (double) number;
    }

    /** A number that may be best known as the inverse of another, {@code 1/255}; one near zero is no such. */
    public static String fraction(double number) {
        if (Math.abs(number) < SMALLEST_INVERSE) {
            return of(number);
        }
        double denominator = Math.rint(FINEST_DENOMINATOR / number) / FINEST_DENOMINATOR;
        String fraction = "1/" + of(denominator);
        return denominator > 1 && 1 / denominator == number && fraction.length() < of(number).length()
                ? fraction
                : of(number);
    }
}
