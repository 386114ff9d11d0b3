package io.xceptionc.compiler.raise;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An integer that variables decide, {@code constant + factor * variable + ...}.
 *
 * @param factors of the variables, none zero
 * @param constant the summand
 */
record Linear(SortedMap<String, Long> factors, long constant) {

    Linear {
        factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
    }

    /** A number. */
    static Linear of(long constant) {
        return new Linear(new TreeMap<>(), constant);
    }

    /** A variable's value. */
    static Linear ofVariable(String variable) {
        return new Linear(new TreeMap<>(Map.of(variable, 1L)), 0);
    }

    /** With a multiple of one more variable. */
    Linear plus(long factor, String variable) {
        SortedMap<String, Long> more = new TreeMap<>(factors);
        more.put(variable, factor);
        return new Linear(more, constant);
    }

    /** With another summand. */
    Linear plus(long summand) {
        return new Linear(factors, constant + summand);
    }

    /** As it stands in a spec: digits, or an expression of the language, which has no sign before a first summand. */
    String print() {
        if (factors.isEmpty()) {
            return Long.toString(constant);
        }
        StringBuilder text = new StringBuilder();
        factors.forEach((variable, factor) -> {
            if (factor > 0) {
                text.append(text.isEmpty() ? "" : " + ").append(factor == 1 ? "" : factor + " * ").append(variable);
            }
        });
        if (constant > 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " + ").append(constant);
        } else if (constant < 0) {
            text.append(" - ").append(-constant);
        }
        factors.forEach((variable, factor) -> {
            if (factor < 0) {
                text.append(" - ").append(factor == -1 ? "" : -factor + " * ").append(variable);
            }
        });
        return "${" + text + "}";
    }
}
