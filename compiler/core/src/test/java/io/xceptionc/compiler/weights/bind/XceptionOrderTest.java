package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The Xception of Keras and its port to PyTorch by Cadene, each with the other's weights. Names, order and shapes of
 * the files are written down here from keras/src/applications/xception.py and pretrainedmodels/models/xception.py.
 */
class XceptionOrderTest {

    private static final Path MODELS = Path.of("../../generated-examples/models");

    private final Diagnostics diagnostics = new Diagnostics();

    /** One layer: its name in Keras, in the port, its kind and sizes. */
    private record Layer(String keras, String port, char kind, int kernel, int in, int out) {}

    /** In the order of Keras: the shortcut's layers come after the body's. */
    private static List<Layer> layers(boolean shortcutsFirst) {
        List<Layer> layers = new ArrayList<>();
        conv(layers, "block1_conv1", "conv1", "block1_conv1_bn", "bn1", 3, 3, 32);
        conv(layers, "block1_conv2", "conv2", "block1_conv2_bn", "bn2", 3, 32, 64);
        int[][] sizes = {{2, 64, 128, 128}, {3, 128, 256, 256}, {4, 256, 728, 728}, {13, 728, 728, 1024}};
        for (int i = 0; i < sizes.length; i++) {
            int n = sizes[i][0];
            if (n == 13) {
                middleFlow(layers);
            }
            String block = "block" + (n - 1);
            List<Layer> body = new ArrayList<>();
            separable(body, "block" + n + "_sepconv1", block + ".rep.", n == 2 ? 0 : 1, sizes[i][1], sizes[i][2]);
            separable(body, "block" + n + "_sepconv2", block + ".rep.", n == 2 ? 3 : 4, sizes[i][2], sizes[i][3]);
            List<Layer> shortcut = new ArrayList<>();
            String number = i == 0 ? "" : "_" + i;
            conv(shortcut, "conv2d" + number, block + ".skip", "batch_normalization" + number, block + ".skipbn", 1,
                    sizes[i][1], sizes[i][3]);
            layers.addAll(shortcutsFirst ? shortcut : body);
            layers.addAll(shortcutsFirst ? body : shortcut);
        }
        exit(layers, "block14_sepconv1", "conv3", "bn3", 1024, 1536);
        exit(layers, "block14_sepconv2", "conv4", "bn4", 1536, 2048);
        layers.add(new Layer("predictions", "fc", 'd', 0, 2048, 1000));
        return layers;
    }

    private static void middleFlow(List<Layer> layers) {
        for (int n = 5; n <= 12; n++) {
            for (int k = 1; k <= 3; k++) {
                separable(layers, "block" + n + "_sepconv" + k, "block" + (n - 1) + ".rep.", 3 * k - 2, 728, 728);
            }
        }
    }

    private static void conv(List<Layer> layers, String keras, String port, String kerasNorm, String portNorm,
            int kernel, int in, int out) {
        layers.add(new Layer(keras, port, 'c', kernel, in, out));
        layers.add(new Layer(kerasNorm, portNorm, 'n', 0, out, out));
    }

    private static void separable(List<Layer> layers, String keras, String port, int index, int in, int out) {
        layers.add(new Layer(keras, port + index, 's', 3, in, out));
        layers.add(new Layer(keras + "_bn", port + (index + 1), 'n', 0, out, out));
    }

    private static void exit(List<Layer> layers, String keras, String port, String portNorm, int in, int out) {
        layers.add(new Layer(keras, port, 's', 3, in, out));
        layers.add(new Layer(keras + "_bn", portNorm, 'n', 0, out, out));
    }

    /** What the state dict of the port has; the classifier was renamed when the weights were published. */
    private static FileOf stateDict() {
        FileOf file = FileOf.format(FileOf.PYTORCH);
        for (Layer layer : layers(true)) {
            String name = layer.port.equals("fc") ? "last_linear" : layer.port;
            switch (layer.kind) {
                case 'c' -> file.add(name + ".weight", layer.out, layer.in, layer.kernel, layer.kernel);
                case 's' ->
                        file.add(name + ".conv1.weight", layer.in, 1, 3, 3).add(name + ".pointwise.weight", layer.out,
                                layer.in, 1, 1);
                case 'n' -> file.addPyTorchNorm(name, layer.out);
                default -> file.add(name + ".weight", layer.out, layer.in).add(name + ".bias", layer.out);
            }
        }
        return file;
    }

    /** What a file of weights of Keras has, as its reader names the tensors; numbers are those of a later session. */
    private static FileOf kerasFile() {
        FileOf file = FileOf.format(FileOf.KERAS);
        for (Layer layer : layers(false)) {
            String name = laterSession(layer.keras);
            switch (layer.kind) {
                case 'c' -> file.add(name + "/kernel", layer.kernel, layer.kernel, layer.in, layer.out);
                case 's' ->
                        file.add(name + "/depthwise_kernel", 3, 3, layer.in, 1).add(name + "/pointwise_kernel", 1, 1,
                                layer.in, layer.out);
                case 'n' -> file.addKerasNorm(name, layer.out);
                default -> file.add(name + "/kernel", layer.in, layer.out).add(name + "/bias", layer.out);
            }
            if (layer.kind == 'n') {
                file.epsilons().put(name, 0.0010000000474974513);
            }
        }
        return file;
    }

    /** As Keras 3 writes weights without a config: class by class, layers called by class and number. */
    private static FileOf kerasThree(Map<String, String> names) {
        FileOf file = FileOf.format("HDF5 weights of Keras 3", Optional.of(TensorConvention.KERAS));
        Map<Character, String> classes = new TreeMap<>(
                Map.of('c', "conv2d", 'd', "dense", 'n', "batch_normalization", 's', "separable_conv2d"));
        for (char kind : new char[] {'n', 'c', 'd', 's'}) {
            int count = 0;
            for (Layer layer : layers(false)) {
                if (layer.kind == kind) {
                    String name = classes.get(kind) + (count == 0 ? "" : "_" + count);
                    count++;
                    names.put(layer.keras, name);
                    kerasFile().tensors().stream()
                            .filter(each -> each.name().startsWith(laterSession(layer.keras) + "/"))
                            .forEach(each -> file.add(name + each.name().substring(each.name().lastIndexOf('/')),
                                    each.shape().stream().map(Long::intValue).toArray(Integer[]::new)));
                }
            }
        }
        return file;
    }

    private static String laterSession(String name) {
        return switch (name) {
            case "conv2d", "batch_normalization" -> name + "_4";
            case "conv2d_1", "conv2d_2", "conv2d_3", "batch_normalization_1", "batch_normalization_2",
                    "batch_normalization_3" ->
                    name.substring(0, name.length() - 1) + (name.charAt(name.length() - 1) - '0' + 4);
            default -> name;
        };
    }

    /** Binds a file to a spec; for each layer of the spec, the one of the file. */
    private Map<String, String> bound(String model, FileOf file, Matching matching) throws IOException {
        String name = MODELS.resolve(model).toString();
        Spec spec = SpecParser.parse(model, Files.readString(Path.of(name)), diagnostics).orElseThrow();
        DeclaredWeights declared = new DeclaredWeights(Lowering.convention(spec), diagnostics);
        LoweredNetwork network = Lowering.lower(spec, Optional.empty(), declared, diagnostics).orElseThrow();
        BoundWeights weights = BoundWeights.of(file, declared.wanted(), Lowering.convention(spec), List.of(),
                new BindingOptions(Optional.empty(), matching), diagnostics);
        weights.finish();
        SequencedMap<String, String> layers = new LinkedHashMap<>();
        for (Binding binding : weights.report(network.layers()).bindings()) {
            String owner = binding.tensor().name()
                    .replaceFirst("(\\.conv1\\.weight|\\.pointwise\\.weight|[./][a-z_]+)$", "");
            assertEquals(owner, layers.computeIfAbsent(binding.wanted().layer(), _ -> owner));
        }
        return new TreeMap<>(layers);
    }

    private String reported() {
        return diagnostics.sorted().stream().map(each -> each.headline() + "\n").reduce("", String::concat);
    }

    @Test
    void theStateDictOfThePortInTheSpecOfKeras() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        layers(true).forEach(
                layer -> expected.put(layer.keras, layer.port.equals("fc") ? "last_linear" : layer.port));
        assertEquals(expected, bound("xception.yaml", stateDict(), Matching.ORDER));
        assertEquals(
                """
                        xception.yaml:27:15: warning[W303]: layer 'block3_pool' pads [top 0, bottom 1, left 0, right 1] at this size, \
                        where layers of pytorch pad both sides equally
                        xception.yaml:34:5: warning[W302]: 40 batch norms have the epsilon 0.001, but weights of pytorch are mostly \
                        trained with 1e-5: 'block1_conv1_bn', 'block1_conv2_bn', 'block2_sepconv1_bn' and 37 more
                        """,
                reported());
    }

    @Test
    void theFileOfKerasInTheSpecOfThePort() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        layers(false).forEach(layer -> expected.put(layer.port, laterSession(layer.keras)));
        assertEquals(expected, bound("xception-pytorch.yaml", kerasFile(), Matching.AUTO));
        assertEquals(
                """
                        xception-pytorch.yaml:30:15: warning[W303]: layer 'block2.rep.6' pads [top 1, bottom 1, left 1, right 1] at \
                        this size, where 'same' of keras is [top 0, bottom 1, left 0, right 1]
                        xception-pytorch.yaml:50:5: warning[W302]: 40 batch norms have the epsilon 1e-5, but w.file says 0.001: 'bn1', \
                        'bn2', 'block1.rep.1' and 37 more
                        """,
                reported());
    }

    @Test
    void theFileOfKerasInItsOwnSpec() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        layers(false).forEach(layer -> expected.put(layer.keras, laterSession(layer.keras)));
        assertEquals(expected, bound("xception.yaml", kerasFile(), Matching.AUTO));
        assertEquals("", reported());
    }

    @Test
    void theFileOfKerasThreeInTheSpecOfKeras() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        FileOf file = kerasThree(expected);
        assertEquals(expected, bound("xception.yaml", file, Matching.AUTO));
        assertEquals("", reported());
    }

    @Test
    void theStateDictInItsOwnSpec() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        layers(true).forEach(
                layer -> expected.put(layer.port, layer.port.equals("fc") ? "last_linear" : layer.port));
        assertEquals(expected, bound("xception-pytorch.yaml", stateDict(), Matching.AUTO));
        assertEquals("", reported());
    }
}
