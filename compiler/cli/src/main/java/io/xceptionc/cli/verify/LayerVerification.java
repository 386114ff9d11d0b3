package io.xceptionc.cli.verify;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.api.LayerValues;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpzFile;
import io.xceptionc.compiler.jar.ModelJar;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.StepValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares what each step of a model yields with what the layer yields that it stands for. */
public final class LayerVerification {

    private static final int LARGEST_SPEC = 1 << 20;

    /** A step whose value is a layer's. */
    private record Step(String name, StepValue value) {}

    private final Path jar;
    private final CompiledModel model;
    private final float[] image;
    private final double tolerance;
    private final SequencedMap<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, float[]> elementsByLayer = new HashMap<>();

    /** Of a model on an image, which it runs. */
    public LayerVerification(Path jar, CompiledModel model, float[] image, double tolerance) {
        this.jar = jar;
        this.model = model;
        this.image = image;
        this.tolerance = tolerance;
        model.trace(image, (step, value, elements) -> value.layer().ifPresent(layer -> {
            steps.put(layer, new Step(step.name(), value));
            elementsByLayer.put(layer, elements);
        }));
    }

    /** Compares with arrays; layers for which there is none are passed over. */
    public ExitCode against(Path file, Console console) throws InputException, IOException {
        Map<String, Difference> differences = new LinkedHashMap<>();
        try (NpzFile arrays = NpzFile.open(file)) {
            for (Map.Entry<String, Step> step : steps.entrySet()) {
                Optional<float[]> expected = arrays.read(step.getKey(), step.getValue().value().shape());
                expected.ifPresent(array -> differences.put(step.getKey(),
                        Difference.of(OutputVerification.widened(array), elementsByLayer.get(step.getKey()))));
            }
            if (differences.isEmpty()) {
                throw new InputException(file + " has no array of a layer that a step yields; it has "
                        + arrays.names().stream().sorted().limit(5).toList() + ", steps yield "
                        + steps.keySet().stream().limit(5).toList() + " and so on");
            }
        } catch (ArrayFileException e) {
            throw new InputException(e.getMessage());
        }
        return report(differences, console);
    }

    /** Compares with the interpreter's values of the spec in the jar. */
    public ExitCode againstInterpreter(Optional<Path> weights, BindingOptions binding, long seed, Console console)
            throws InvalidInputException, InputException, IOException {
        List<Integer> shape = model.signature().inputShape();
        Optional<ImageSize> size =
                shape.size() == 3 ? Optional.of(new ImageSize(shape.get(0), shape.get(1))) : Optional.empty();
        Map<String, Difference> differences = new LinkedHashMap<>();
        new LayerValues(Path.of(jar + "!" + ModelJar.SPEC), spec(), weights, seed, binding, size).visit(
                model.signature().arrayScaling().scaled(image),
                (layer, expected) -> {
                    float[] elements = elementsByLayer.get(layer);
                    if (elements != null && elements.length == expected.length) {
                        differences.put(layer, Difference.of(expected, elements));
                    }
                });
        Map<String, Difference> inOrder = new LinkedHashMap<>();
        steps.keySet().stream().filter(differences::containsKey)
                .forEach(layer -> inOrder.put(layer, differences.get(layer)));
        return report(inOrder, console);
    }

    private String spec() throws InputException, IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(ModelJar.SPEC);
            if (entry == null) {
                throw new InputException(jar + " does not hold its spec; compile the model again");
            }
            return new String(zip.getInputStream(entry).readNBytes(LARGEST_SPEC), StandardCharsets.UTF_8);
        }
    }

    /** Prints the steps up to the first that departs, and what that means. */
    private ExitCode report(Map<String, Difference> differences, Console console) {
        TextTable table = new TextTable(List.of(LEFT, LEFT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT, RIGHT),
                List.of("step", "layer", "error", "of scale", "ULPs", "worst at", "reference", "model"));
        Optional<Step> departing = Optional.empty();
        for (Map.Entry<String, Difference> entry : differences.entrySet()) {
            Step step = steps.get(entry.getKey());
            List<String> cells = new ArrayList<>(List.of(step.name(), entry.getKey()));
            cells.addAll(entry.getValue().cells(step.value().shape()));
            table.add(cells);
            if (!(entry.getValue().ofScale() <= tolerance)) {
                departing = Optional.of(step);
                break;
            }
        }
        table.lines().forEach(console::answer);
        console.answer("");
        if (departing.isEmpty()) {
            console.answer("agrees: no error of %s is above %s of the scale".formatted(
                    Quantities.count(differences.size(), "layer"), Quantities.scientific(tolerance)));
            return ExitCode.FINE;
        }
        console.message(complaint(departing.get()));
        return ExitCode.WRONG_INPUT;
    }

    private String complaint(Step step) {
        String rounding = model.storage().isHalf()
                ? "\nIts weights are stored as %s, which may explain it: raise --tolerance, as to 1e-2"
                        .formatted(model.storage().name().toLowerCase(Locale.ROOT))
                : "";
        return """
                xceptionc: step '%s' is the first that departs: what it reads agrees, what it yields does not.
                It computes %s. Either the reference means something else by these layers or has other weights,
                or their fusing or their kernel is wrong: 'xceptionc dump %s --layer %s' shows the Java,
                'xceptionc compile --stop-after PASS' finds the pass, 'xceptionc selftest' tests this machine"""
                .formatted(
                        step.name(), String.join(", ", step.value().layers()), jar, step.value().layers().getLast())
                + rounding;
    }
}
