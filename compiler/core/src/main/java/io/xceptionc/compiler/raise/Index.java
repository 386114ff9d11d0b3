package io.xceptionc.compiler.raise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variable of a repeat.
 *
 * @param name what it is called
 * @param from its value on the first pass
 * @param step what it grows by
 */
record Index(String name, long from, long step) {

    private static final long FURTHEST = 1_000_000;

    /** The first value and the step of a number that counts. */
    private record Count(long from, long step) {}

    /** The index that makes most of the counting numbers the simplest, given the first two passes. */
    static Index of(String name, List<Phrase> first, List<Phrase> second) {
        Map<Count, Integer> counts = new HashMap<>();
        List<Count> order = new ArrayList<>();
        long step = 0;
        for (int i = 0; i < first.size(); i++) {
            for (Count count : counts(first.get(i), second.get(i))) {
                counts.merge(count, 1, Integer::sum);
                order.add(count);
                step = step == 0 || step == count.step ? count.step : 1;
            }
        }
        long common = step <= 0 || step > FURTHEST ? 1 : step;
        Optional<Count> most = order.stream().filter(count -> count.step == common && count.from <= FURTHEST)
                .max((a, b) -> counts.get(a).equals(counts.get(b))
                        ? Integer.compare(order.indexOf(b), order.indexOf(a))
                        : Integer.compare(counts.get(a), counts.get(b)));
        return new Index(name, most.map(Count::from).orElse(0L), common);
    }

    private static List<Count> counts(Phrase first, Phrase second) {
        List<Count> counts = new ArrayList<>();
        List<Text> names = NameTexts.of(first);
        List<Text> nextNames = NameTexts.of(second);
        for (int i = 0; i < names.size(); i++) {
            List<Long> steps = names.get(i).stepsTo(nextNames.get(i)).orElseThrow();
            List<Linear> numbers = numbers(names.get(i));
            for (int k = 0; k < steps.size(); k++) {
                if (steps.get(k) != 0) {
                    counts.add(new Count(numbers.get(k).constant(), steps.get(k)));
                }
            }
        }
        return counts;
    }

    private static List<Linear> numbers(Text text) {
        return text.parts().stream().filter(Text.Digits.class::isInstance).map(part -> ((Text.Digits) part).value())
                .toList();
    }

    /** A phrase of the first pass, its numbers counting so that it becomes the one of the second. */
    Phrase counted(Phrase first, Phrase second) {
        List<Text> names = NameTexts.of(first);
        List<Text> nextNames = NameTexts.of(second);
        List<Text> replaced = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            replaced.add(counted(names.get(i), names.get(i).stepsTo(nextNames.get(i)).orElseThrow()));
        }
        var next = replaced.iterator();
        return NameTexts.replace(first, _ -> next.next());
    }

    private Text counted(Text text, List<Long> steps) {
        List<Text.Part> parts = new ArrayList<>();
        int k = 0;
        for (Text.Part part : text.parts()) {
            if (part instanceof Text.Digits(Linear value)) {
                long factor = steps.get(k++) / step;
                parts.add(factor == 0
                        ? part
                        : new Text.Digits(value.plus(-factor * from).plus(factor, name)));
            } else {
                parts.add(part);
            }
        }
        return new Text(parts);
    }
}
