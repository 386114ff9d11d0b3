package io.xceptionc.compiler.raise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A value as it stands in a spec, with the numbers in it, some of which variables decide. */
record Text(List<Part> parts) {

    /** A stretch of a text. */
    sealed interface Part {}

    /** Characters that stay as they are. */
    record Word(String characters) implements Part {}

    /** Digits. */
    record Digits(Linear value) implements Part {}

    /** Whatever a parameter stands for. */
    record Parameter(String name) implements Part {}

    /** Digits without zeros in front, so that they are a number's. */
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])(0|[1-9][0-9]{0,8})(?![0-9])");

    Text {
        parts = List.copyOf(parts);
    }

    /** A name, in which numbers may count. */
    static Text ofName(String name) {
        List<Part> parts = new ArrayList<>();
        Matcher numbers = NUMBER.matcher(name);
        int end = 0;
        while (numbers.find()) {
            if (numbers.start() > end) {
                parts.add(new Word(name.substring(end, numbers.start())));
            }
            parts.add(new Digits(Linear.of(Long.parseLong(numbers.group()))));
            end = numbers.end();
        }
        if (end < name.length() || name.isEmpty()) {
            parts.add(new Word(name.substring(end)));
        }
        return new Text(parts);
    }

    /** A value that is only ever another one as a whole. */
    static Text ofValue(String value) {
        return new Text(List.of(new Word(value)));
    }

    /** Whether a variable decides what it is. */
    boolean hasVariables() {
        return !variables().isEmpty();
    }

    /** The variables in it. */
    Set<String> variables() {
        Set<String> variables = new HashSet<>();
        for (Part part : parts) {
            switch (part) {
                case Word _ -> {
                }
                case Digits(Linear value) -> variables.addAll(value.factors().keySet());
                case Parameter(String name) -> variables.add(name);
            }
        }
        return variables;
    }

    /** As it stands in a spec, without quotes. */
    String print() {
        return parts.stream().map(part -> switch (part) {
            case Word(String characters) -> characters;
            case Digits(Linear value) -> value.print();
            case Parameter(String name) -> "${" + name + "}";
        }).collect(Collectors.joining());
    }

    /** What each number of this text grows by to become the other text; empty if more than numbers differs. */
    Optional<List<Long>> stepsTo(Text other) {
        if (parts.size() != other.parts.size()) {
            return Optional.empty();
        }
        List<Long> steps = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Digits(Linear value) && other.parts.get(i) instanceof Digits(Linear next)
                    && value.factors().equals(next.factors())) {
                steps.add(next.constant() - value.constant());
            } else if (!parts.get(i).equals(other.parts.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(steps);
    }
}
