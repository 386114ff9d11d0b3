package io.xceptionc.benchmarks.compare;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Groups of horizontal bars as an SVG picture that follows the reader's light or dark scheme. Within a group bars are
 * relative to its reference bar, so that groups of different units share one axis.
 *
 * @param title above the chart
 * @param series what the bars of a group stand for, in their order; at most {@value #MOST_SERIES}
 * @param reference which of the series is the length of one
 * @param groups from top to bottom
 */
record BarChart(String title, List<String> series, int reference, List<Group> groups) {

    /**
     * Some bars.
     *
     * @param label before the bars
     * @param values a bar's length, one for each series
     * @param texts behind each bar
     */
    record Group(String label, List<Double> values, List<String> texts) {

        Group {
            values = List.copyOf(values);
            texts = List.copyOf(texts);
        }

        private boolean hasBars(int count) {
            return values.size() == count && texts.size() == count;
        }
    }

    private static final int MOST_SERIES = 3;
    private static final int WIDTH = 860;
    private static final int LABELS_WIDTH = 230;
    private static final int TEXTS_WIDTH = 120;
    private static final int HEADER_HEIGHT = 74;
    private static final int BAR_HEIGHT = 14;
    private static final int BAR_PITCH = 17;
    private static final int GROUP_GAP = 14;
    private static final int FOOTER_HEIGHT = 16;
    /** Longer bars are cut here, so that one of them does not flatten all others. */
    private static final double LONGEST = 3;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
              .title { font-size: 15px; font-weight: 600; }
              .note { font-size: 12px; fill: #59636e; }
              .one { stroke: #59636e; stroke-dasharray: 3 3; }
              .s0 { fill: #0969da; } .s1 { fill: #afb8c1; } .s2 { fill: #d9a066; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .note { fill: #9198a1; }
                .one { stroke: #9198a1; }
                .s0 { fill: #4493f8; } .s1 { fill: #656c76; } .s2 { fill: #9e6a30; }
              }
            </style>
            """;

    BarChart {
        series = List.copyOf(series);
        groups = List.copyOf(groups);
        int bars = series.size();
        if (bars > MOST_SERIES || !groups.stream().allMatch(group -> group.hasBars(bars))) {
            throw new IllegalArgumentException("a bar and a text for each series, of which there are few colours");
        }
    }

    /** The picture. */
    String svg() {
        int groupHeight = series.size() * BAR_PITCH + GROUP_GAP;
        int height = HEADER_HEIGHT + groups.size() * groupHeight + FOOTER_HEIGHT;
        Formatter svg = new Formatter(Locale.ROOT);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\">\n",
                WIDTH, height, WIDTH, height, escaped(title));
        svg.format("%s", STYLE);
        svg.format("<text class=\"title\" x=\"0\" y=\"18\">%s</text>\n", escaped(title));
        legend(svg);
        for (int i = 0; i < groups.size(); i++) {
            group(svg, groups.get(i), HEADER_HEIGHT + i * groupHeight);
        }
        double one = LABELS_WIDTH + unitWidth();
        svg.format("<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n", one, one, HEADER_HEIGHT - 8,
                height - FOOTER_HEIGHT);
        return svg.format("</svg>\n").toString();
    }

    private void legend(Formatter svg) {
        int x = LABELS_WIDTH;
        for (int i = 0; i < series.size(); i++) {
            svg.format("<rect class=\"s%d\" x=\"%d\" y=\"34\" width=\"12\" height=\"12\" rx=\"2\"/>\n", i, x);
            svg.format("<text x=\"%d\" y=\"45\">%s</text>\n", x + 18, escaped(series.get(i)));
            x += 140;
        }
        svg.format("<text class=\"note\" x=\"%d\" y=\"18\" text-anchor=\"end\">shorter is better; %s = 1</text>\n",
                WIDTH, escaped(series.get(reference)));
    }

    private double longest() {
        double longest = groups.stream().flatMapToDouble(
                group -> group.values.stream().mapToDouble(value -> value / group.values.get(reference))).max()
                .orElse(1);
        return Math.min(LONGEST, longest);
    }

    private double unitWidth() {
        return (WIDTH - LABELS_WIDTH - TEXTS_WIDTH) / longest();
    }

    private void group(Formatter svg, Group group, int top) {
        svg.format("<text x=\"0\" y=\"%d\">%s</text>\n", top + series.size() * BAR_PITCH / 2 + 4,
                escaped(group.label));
        for (int i = 0; i < series.size(); i++) {
            double relative = group.values.get(i) / group.values.get(reference);
            double width = Math.min(LONGEST, relative) * unitWidth();
            int y = top + i * BAR_PITCH;
            svg.format("<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>\n", i,
                    LABELS_WIDTH, y,
                    width, BAR_HEIGHT);
            svg.format("<text class=\"note\" x=\"%.1f\" y=\"%d\">%s%s</text>\n", LABELS_WIDTH + width + 6, y + 11,
                    relative > LONGEST ? "» " : "", escaped(group.texts.get(i)));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
