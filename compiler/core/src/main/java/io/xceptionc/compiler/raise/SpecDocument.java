package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The text of a whole spec.
 *
 * @param model the model's name, any text
 * @param input the shape of its input
 * @param settings what the graph does not say
 * @param common defaults
 * @param blocks blocks and layers
 * @param outputs the names of outputs with those of their layers; none if the last layer is the output
 */
record SpecDocument(
        String model,
        TensorType input,
        ImportSettings settings,
        CommonSettings common,
        Blocks blocks,
        SequencedMap<String, String> outputs) {

    private static final int WIDTH = 120;

    private static final int LONGEST_MODEL_NAME = WordType.MODEL_NAME.longest();

    /** The text, each line ended by a line feed. */
    String text() {
        List<String> lines = new ArrayList<>();
        settings.comments().forEach(comment -> comment.lines().forEach(line -> lines.add(comment(line))));
        lines.add("model: " + modelName());
        lines.add("weights: " + settings.convention().label());
        lines.addAll(InputText.lines(input, settings));
        addLabels(lines);
        addDefaults(lines);
        addBlocks(lines);
        String size = input.flat() ? "a vector" : input.height() + " x " + input.width();
        lines.addAll(SpecPrinter.below("layers", SpecPrinter.commented(blocks.layers(), size)));
        addOutputs(lines);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** A list where each output is called as its layer, else one a line. */
    private void addOutputs(List<String> lines) {
        boolean areLayers = outputs.entrySet().stream().allMatch(output -> output.getKey().equals(output.getValue()));
        String list =
                "outputs: [" + outputs.keySet().stream().map(YamlText::of).collect(Collectors.joining(", ")) + "]";
        if (areLayers && list.length() <= WIDTH) {
            lines.addAll(outputs.isEmpty() ? List.of() : List.of(list));
        } else {
            lines.addAll(SpecPrinter.below("outputs", outputs.entrySet().stream()
                    .map(output -> YamlText.of(output.getKey()) + ": " + YamlText.of(output.getValue())).toList()));
        }
    }

    private static String comment(String line) {
        return ("# " + Quotation.line(line)).stripTrailing();
    }

    private String modelName() {
        String name = model.replaceAll("[^A-Za-z0-9_-]+", "_").replaceFirst("^[0-9-]", "_$0");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_MODEL_NAME));
        return cut.isEmpty() ? "model" : YamlText.of(cut);
    }

    private void addLabels(List<String> lines) {
        if (settings.labels().isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("labels: [");
        for (int i = 0; i < settings.labels().size(); i++) {
            String label = YamlText.ofText(settings.labels().get(i)) + (i < settings.labels().size() - 1 ? "," : "]");
            if (line.length() + 1 + label.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(i == 0 ? "" : " ").append(label);
        }
        lines.add(line.toString());
    }

    private void addDefaults(List<String> lines) {
        List<String> defaults = common.all().entrySet().stream()
                .map(entry -> entry.getKey().word() + ": {" + entry.getValue().entrySet().stream()
                        .map(value -> value.getKey().name() + ": " + YamlText.of(value.getValue()))
                        .collect(Collectors.joining(", ")) + "}")
                .toList();
        if (!defaults.isEmpty()) {
            lines.addAll(SpecPrinter.below("defaults", defaults));
        }
    }

    private void addBlocks(List<String> lines) {
        List<String> definitions = new ArrayList<>();
        for (BlockDefinition block : blocks.definitions()) {
            List<String> inner = new ArrayList<>();
            if (!block.parameters().isEmpty()) {
                inner.add("parameters: [" + String.join(", ", block.parameters()) + "]");
            }
            inner.addAll(SpecPrinter.below("layers", SpecPrinter.list(block.layers())));
            definitions.addAll(SpecPrinter.below(block.name(), inner));
        }
        if (!definitions.isEmpty()) {
            lines.addAll(SpecPrinter.below("blocks", definitions));
        }
    }
}
