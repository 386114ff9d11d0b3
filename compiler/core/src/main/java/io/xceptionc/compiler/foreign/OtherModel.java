package io.xceptionc.compiler.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Models, and what people take for models, that cannot be imported as they are: what each is, and what makes of it one
 * that can.
 */
public enum OtherModel {
    /** A folder. */
    SAVED_MODEL("is a SavedModel of TensorFlow", tf2onnx("--saved-model FILE"), file -> file.has("saved_model.pb")),
    /** A folder. */
    CORE_ML_PACKAGE("is a Core ML package", Text.FROM_SOURCE, file -> file.has("Manifest.json")),
    /** The file in that folder. */
    SAVED_MODEL_FILE("is a part of a SavedModel of TensorFlow",
            tf2onnx("--saved-model FOLDER, the folder that it is in,"),
            file -> file.isNamed("saved_model\\.pb")),
    /** A graph with its weights. */
    FROZEN_GRAPH("is a frozen graph of TensorFlow",
            tf2onnx("--graphdef FILE --inputs INPUT:0 --outputs OUTPUT:0"), file -> file.isNamed(".*\\.pb")),
    /** For telephones. */
    LITE("is a model of TensorFlow Lite", tf2onnx("--tflite FILE"), file -> file.text().startsWith("TFL3", 4)),
    /** For browsers, of operations. */
    BROWSER_GRAPH("is a graph model of TensorFlow.js", tf2onnx("--tfjs FILE"),
            file -> file.finds("^\\s*\\{.*\"modelTopology\"\\s*:\\s*\\{.*\"node\"\\s*:\\s*\\[")
                    || file.finds("^\\s*\\{.*\"format\"\\s*:\\s*\"graph-model\"")),
    /** For browsers, without a network. */
    BROWSER_WEIGHTS("is a list of weights of TensorFlow.js, without the network that they belong to",
            "import the model.json that has the network, or write a spec of it: compile SPEC --weights FILE",
            file -> file.finds("^\\s*\\[.*\"weights\"\\s*:\\s*\\[.*\"dtype\"")),
    /** A network without weights. */
    KERAS_CONFIG("is the configuration of a Keras model, without its weights",
            "say where they are, --weights WEIGHTS.h5, or put them beside it under its name, ending with .h5",
            file -> file.finds("^\\s*\\{.*\"class_name\"\\s*:\\s*\"(Functional|Sequential|Model)\"")),
    /** Parts of a checkpoint. */
    CHECKPOINT("is a part of a checkpoint of TensorFlow, which has weights, but no network",
            "in Python, build the model, model.load_weights(path), then model.save('model.keras')",
            file -> file.isNamed("checkpoint|.*\\.ckpt.*|.*\\.index|.*\\.data-\\d+-of-\\d+")),
    /** For telephones of Apple. */
    CORE_ML("is a Core ML model", Text.FROM_SOURCE, file -> file.isNamed(".*\\.mlmodel")),
    /** For processors of Intel. */
    OPEN_VINO("is a network of OpenVINO", Text.FROM_SOURCE, file -> file.finds("^(<\\?xml[^>]*>\\s*)?<net ")),
    /** Of the PaddlePaddle framework. */
    PADDLE("is a model of PaddlePaddle", "make ONNX of it: pip install paddle2onnx; paddle2onnx --model_dir FOLDER"
            + " --model_filename FILE --save_file model.onnx", file -> file.isNamed(".*\\.pd(model|iparams)")),
    /** Of the Caffe framework. */
    CAFFE("is a model of Caffe", Text.FROM_SOURCE, file -> file.isNamed(".*\\.(caffemodel|prototxt)")),
    /** A program with its tensors. */
    TORCH_SCRIPT("is a TorchScript archive, a program", "in Python, torch.onnx.export(torch.jit.load('FILE').eval(),"
            + " torch.zeros(1, 3, 299, 299), 'model.onnx', dynamo=False); its tensors go with a spec:"
            + " torch.save(torch.jit.load('FILE').state_dict(), 'weights.pt')",
            file -> file.finds("^PK\3\4.{26}[^/]{1,200}/(code/|constants\\.pkl|data/\\d+[^/\\d])")),
    /** A graph with its tensors. */
    TORCH_EXPORTED("is a program that torch.export wrote",
            "in Python, torch.onnx.export(torch.export.load('FILE').module(), (torch.zeros(1, 3, 299, 299),), 'model.onnx')",
            file -> file.finds("^PK\3\4.{26}[^/]{1,200}/data/(weights|constants)/") || file.isNamed(".*\\.pt2")),
    /** A whole module, or a state dict. */
    TORCH("is a file of PyTorch, not a network that can be read without its code",
            "in Python, load it, model.eval(), then torch.onnx.export(model, torch.zeros(1, 3, 299, 299), 'model.onnx');"
                    + " a state dict goes with a spec: compile SPEC --weights FILE",
            file -> file.text().startsWith("\200\2")
                    || file.finds("^PK\3\4.{26}[^/]{1,200}/(data\\.pkl|code/|version)")),
    /** Arrays of NumPy. */
    NUMPY("has arrays of NumPy, not a network", "import the model itself, as ONNX or as Keras saves it",
            file -> file.text().startsWith("\223NUMPY") || file.finds("^PK\3\4.{26}[^/]{1,200}\\.npy"));

    private static final int HEAD_BYTES = 1 << 12;

    private final String label;
    private final String help;
    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Predicate<Head> test;

    OtherModel(String label, String help, Predicate<Head> test) {
        this.label = label;
        this.help = help;
        this.test = test;
    }

    private static final class Text {
        private static final String FROM_SOURCE =
                "it was made of another model: import that, as ONNX or as Keras saves it;"
                        + " torch.onnx.export and tf2onnx write ONNX";
    }

    private static String tf2onnx(String arguments) {
        return "make ONNX of it: pip install tf2onnx; python -m tf2onnx.convert " + arguments + " --output model.onnx";
    }

    /** What it is, continuing a sentence that begins with the file. */
    public String label() {
        return label;
    }

    /** What to do with a file. */
    public String help(Path file) {
        return help.replace("FILE", file.toString());
    }

    /** What a file or folder is; empty if it is none of these, or cannot be read. */
    public static Optional<OtherModel> of(Path path) {
        try {
            Head head = new Head(path, Files.isDirectory(path) ? "" : beginning(path));
            return Arrays.stream(values()).filter(model -> model.test.test(head)).findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String beginning(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return new String(stream.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * What is looked at of a file.
     *
     * @param path its path
     * @param text its beginning, a character for each byte; empty for a folder
     */
    private record Head(Path path, String text) {

        boolean has(String name) {
            return Files.isDirectory(path) && Files.isRegularFile(path.resolve(name));
        }

        boolean isNamed(String pattern) {
            return !text.isEmpty() && path.getFileName().toString().matches(pattern);
        }

        boolean finds(String pattern) {
            return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).find();
        }
    }
}
