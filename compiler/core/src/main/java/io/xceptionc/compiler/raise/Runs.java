package io.xceptionc.compiler.raise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the items of a list with those a period later. */
final class Runs {

    /** How many items are written as one pass of a repeat, at most. */
    static final int LONGEST_PERIOD = 48;

    private final int longestPeriod;
    private final int[][] equalShapes;

    Runs(int[] shapes) {
        this.longestPeriod = Math.min(LONGEST_PERIOD, shapes.length / 2);
        this.equalShapes = new int[longestPeriod + 1][];
        for (int period = 1; period <= longestPeriod; period++) {
            int[] counts = new int[shapes.length + 1];
            for (int i = shapes.length - period - 1; i >= 0; i--) {
                counts[i] = shapes[i] == shapes[i + period] ? counts[i + 1] + 1 : 0;
            }
            equalShapes[period] = counts;
        }
    }

    /** The longest period that is possible at all. */
    int longestPeriod() {
        return longestPeriod;
    }

    /** How many times in a row items of the same shapes stand from a place on. */
    int count(int start, int period) {
        return equalShapes[period][start] / period + 1;
    }

    /** Whether an item has the shape of the one a period later. */
    boolean isEqual(int index, int period) {
        return equalShapes[period][index] > 0;
    }

    /** What all names in a phrase grow by to become those of another. */
    static Optional<List<List<Long>>> steps(Phrase phrase, Phrase next) {
        List<Text> names = NameTexts.of(phrase);
        List<Text> nextNames = NameTexts.of(next);
        List<List<Long>> steps = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<List<Long>> step = names.get(i).stepsTo(nextNames.get(i));
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return Optional.of(steps);
    }
}
