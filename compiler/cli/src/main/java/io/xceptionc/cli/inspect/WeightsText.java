package io.xceptionc.cli.inspect;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static java.util.stream.Collectors.joining;

import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.weights.bind.Binding;
import io.xceptionc.compiler.weights.bind.MatchedBy;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was taken from a weights file, as the user sees it. */
public final class WeightsText {

    private WeightsText() {}

    /**
     * How many tensors were found in which way; what was assumed; what was left.
     *
     * @param inFull whether each tensor is listed, too
     */
    public static List<String> lines(WeightsReport report, boolean inFull) {
        List<String> lines = new ArrayList<>();
        lines.add("  taken    " + taken(report) + "; " + report.format() + ", profile " + report.profile().label()
                + (report.isProfileGiven() ? "" : " (auto)"));
        lines.add("  assumed  " + String.join(", ", report.assumptions()));
        if (!report.leftovers().isEmpty()) {
            lines.add("  left     " + report.leftovers().entrySet().stream()
                    .map(left -> Quantities.count(left.getValue(), left.getKey().label())).collect(joining(", ")));
        }
        if (inFull) {
            lines.add("");
            lines.addAll(table(report));
        }
        return lines;
    }

    private static String taken(WeightsReport report) {
        List<MatchedBy> ways = Stream.of(MatchedBy.values()).filter(how -> report.count(how) > 0).toList();
        String total = Quantities.count(report.bindings().size(), "tensor");
        return switch (ways.size()) {
            case 0 -> total;
            case 1 -> total + " by " + ways.getFirst().label();
            default -> total + ", " + ways.stream()
                    .map(how -> Quantities.count(report.count(how)) + " by " + how.label()).collect(joining(", "));
        };
    }

    private static List<String> table(WeightsReport report) {
        TextTable table = new TextTable(List.of(LEFT, LEFT, LEFT, LEFT),
                List.of("", "layer's tensor", "tensor of the file", "by"));
        for (Binding binding : report.bindings()) {
            table.add(List.of("", binding.wanted().layer() + ", " + binding.wanted().role().label(),
                    Quotation.of(binding.tensor().name()) + " " + binding.tensor().shape(), binding.how().label()));
        }
        return table.lines();
    }
}
