package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ImageTensor;
import io.xceptionc.runtime.kernel.Network;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A compiled network with its weights.
 *
 * {@snippet :
 * try (CompiledModel model = CompiledModel.open(Path.of("xception.jar"))) {
 *     for (Classification likely : model.classify(ImageIO.read(new File("photo.jpg")), 5)) {
 *         System.out.println(likely.label() + " " + likely.score());
 *     }
 * }
 * }
 *
 * <p> Thread-safe: any number of threads, virtual ones too, may call anything at any time. Of {@link #run} and {@link
 * #classify}, as many go on at once as there are processors, further ones wait for their turn. One run at a time has
 * all {@link #threads}, others their caller's alone, with the same result. An interrupted thread gets its answer, and
 * stays interrupted.
 *
 * <p> Owned by who opens it. It owns its weights, its threads and all its sessions, shares nothing with other models,
 * also of the same jar or name, and keeps nothing that it is given. Until {@link #close}, which waits for runs under
 * way, all of that stays, even if the model is forgotten; afterwards, methods that do not merely describe the model
 * throw {@link ModelClosedException}. A jar is read when it is opened, and then let go: it may be replaced or deleted
 * under the open model, but for {@link OpenOptions#mappedWeights}.
 */
public final class CompiledModel implements AutoCloseable {

    private final ModelSignature signature;
    private final List<ModelStep> steps;
    private final List<StepValue> values;
    private final Storage storage;
    private final Network network;
    private final Arena memory;
    private final MemorySegment constants;
    private final OpenOptions options;
    private final int threads;
    private final Workers workers;
    private final Runnable unload;
    private final Sessions sessions;
    private final WarmUp warmUp;
    private final Grants grants;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean freed;

    /**
     * Owns the memory once it is made; if that fails, nothing but memory and warm-up is left to end.
     *
     * @param memory what the constants lie in
     * @param grants memory for sessions, and threads
     */
    CompiledModel(ModelMetadata metadata, Network network, Arena memory, MemorySegment constants, OpenOptions options,
            WarmUp warmUp, Grants grants, Runnable unload) {
        signature = metadata.signature().with(options.arrays());
        steps = metadata.steps();
        values = metadata.values();
        storage = metadata.storage();
        this.network = network;
        this.memory = memory;
        this.constants = constants;
        this.grants = grants;
        this.warmUp = warmUp;
        this.unload = unload;
        this.options = options;
        threads = options.effectiveThreads();
        workers = new Workers("xceptionc-" + signature.name(), threads - 1, grants);
        sessions = new Sessions(signature, this::openSession);
    }

    /**
     * Opens a model jar. A model jar is code: open only jars that you trust.
     *
     * @throws ModelException if the jar is no model, is damaged, or the JVM lacks what it needs; the message says what
     *        to do
     */
    public static CompiledModel open(Path jar) {
        return open(jar, OpenOptions.DEFAULT);
    }

    /**
     * Opens a model jar.
     *
     * @throws ModelException as {@link #open(Path)}
     */
    public static CompiledModel open(Path jar, OpenOptions options) {
        KernelCompilation.prepare(Grants.OF_THE_SYSTEM);
        return ModelArchive.open(jar, options, Grants.OF_THE_SYSTEM);
    }

    /**
     * Opens a model whose generated class is on the class path, its weights beside it. Close it before the class's
     * class loader.
     *
     * @throws ModelException as {@link #open(Path)}
     */
    public static CompiledModel open(Class<? extends Network> generated, OpenOptions options) {
        KernelCompilation.prepare(Grants.OF_THE_SYSTEM);
        return ModelResources.open(generated, options, Grants.OF_THE_SYSTEM, () -> {
        });
    }

    /** What the model takes and gives. */
    public ModelSignature signature() {
        return signature;
    }

    /** How many threads a run may use. */
    public int threads() {
        return threads;
    }

    /** The width of the vectors that the kernels use, in bits. */
    public int vectorBits() {
        return network.vectorBits();
    }

    /** The kernels that the steps call beside those that were generated for the model. */
    public List<SharedKernel> sharedKernels() {
        return network.sharedKernels();
    }

    /** Bytes of the weights in memory, shared by all sessions. */
    public long weightBytes() {
        return constants.byteSize();
    }

    /** How the kernels' weights lie in the jar. */
    public Storage storage() {
        return storage;
    }

    /** The weights in memory, for whoever fills it. */
    MemorySegment constants() {
        return constants;
    }

    /** Bytes of memory that a session takes. */
    public long sessionBytes() {
        return network.arenaBytes() + 4L * threads * network.rowsFloats();
    }

    /** The steps of a run, in order. */
    public List<ModelStep> steps() {
        return steps;
    }

    /**
     * Opens a session; the caller closes it, else the model does when it is closed.
     *
     * @throws ModelClosedException after {@link #close}
     * @throws ModelException if there is too little memory for it; the model stays as it was
     */
    public Session newSession() {
        return sessions.open();
    }

    private Session openSession() {
        return NativeMemory.open(grants.memory(), "a session of model '" + signature.name() + "'", sessionBytes(),
                arena -> new Session(this, network, constants, workers, threads, arena));
    }

    /**
     * Runs a model of one output once, in a session that is kept for the next call.
     *
     * @param images {@code [batch, height, width, channels]}, as {@link ModelSignature} says what arrays hold
     * @return {@code [batch, ...]}, the caller's
     * @throws IllegalArgumentException if there are too few values
     * @throws ModelException as {@link #newSession}, if the kernels do not run here, as {@link #awaitWarmUp}, and if
     *         the model has several outputs
     * @throws ModelClosedException after {@link #close}
     */
    public float[] run(float[] images) {
        int length = signature.theOutput("runAll(images)").length();
        Objects.requireNonNull(images);
        Session session = sessions.take();
        try {
            float[] results = new float[signature.batch() * length];
            session.run(images, results);
            return results;
        } finally {
            sessions.giveBack(session);
        }
    }

    /**
     * Runs the model once, in a session that is kept for the next call.
     *
     * @param images {@code [batch, height, width, channels]}, as {@link ModelSignature} says what arrays hold
     * @return {@code [batch, ...]} of each output by its name, in the order of {@link ModelSignature#outputs}, the
     *        caller's
     * @throws IllegalArgumentException if there are too few values
     * @throws ModelException as {@link #newSession}, and if the kernels do not run here, as {@link #awaitWarmUp}
     * @throws ModelClosedException after {@link #close}
     */
    public SequencedMap<String, float[]> runAll(float[] images) {
        Objects.requireNonNull(images);
        Session session = sessions.take();
        try {
            SequencedMap<String, float[]> results = new LinkedHashMap<>();
            signature.outputs().forEach(
                    output -> results.put(output.name(), new float[signature.batch() * output.length()]));
            session.run(images, results);
            return results;
        } finally {
            sessions.giveBack(session);
        }
    }

    Sessions sessions() {
        return sessions;
    }

    /**
     * The likeliest classes of a picture, the likeliest first. The picture is brought to the network's size and scale
     * as the spec says. A score that is NaN comes last, behind negative infinity; where the first is NaN, all are, and
     * there is no answer. Each element of an image counts as a class; {@link #segment(BufferedImage)} tells the class
     * of each pixel.
     *
     * @param count how many are wanted; all if the network knows fewer
     * @throws IllegalArgumentException if a side of the picture is longer than {@value
     *        ImageTensor#MAXIMUM_PICTURE_SIDE}
     * @throws ModelException if the model takes no pictures, or has several outputs
     * @throws ModelClosedException after {@link #close}
     */
    public List<Classification> classify(BufferedImage picture, int count) {
        return classify(List.of(picture), count).getFirst();
    }

    /**
     * The likeliest classes of a picture by one of the model's outputs, as {@link #classify(BufferedImage, int)}.
     *
     * @param output the output's name
     * @throws ModelException also if there is no output of that name
     */
    public List<Classification> classify(BufferedImage picture, String output, int count) {
        sessions.requireOpen();
        return new PictureClassifier(this, signature.output(output)).classify(List.of(picture), count).getFirst();
    }

    /**
     * The likeliest classes of each of some pictures, as {@link #classify(BufferedImage, int)}, in the pictures' order;
     * as many go into a run as the model takes.
     */
    public List<List<Classification>> classify(List<BufferedImage> pictures, int count) {
        sessions.requireOpen();
        ModelOutput only = signature.theOutput("classify(picture, output, count)");
        return new PictureClassifier(this, only).classify(pictures, count);
    }

    /**
     * The class of each pixel of a picture, {@code [height, width]}, by the one image that the model yields among its
     * outputs.
     *
     * @throws IllegalArgumentException if a side of the picture is longer than {@value
     *        ImageTensor#MAXIMUM_PICTURE_SIDE}
     * @throws ModelException if the model takes no pictures, yields no image or several, or yields what is not finite
     * @throws ModelClosedException after {@link #close}
     */
    public ClassMap segment(BufferedImage picture) {
        sessions.requireOpen();
        return segment(picture, signature.theImage().name());
    }

    /**
     * The class of each pixel of a picture, {@code [height, width]}, by one of the model's outputs {@code [rows,
     * columns, channels]}, whose scores are brought to the picture's size.
     *
     * @param output the output's name
     * @throws ModelException also if there is no output of that name, or if it is no image
     */
    public ClassMap segment(BufferedImage picture, String output) {
        sessions.requireOpen();
        return new PictureClassifier(this, signature.output(output)).segment(List.of(picture)).getFirst();
    }

    /**
     * Waits until the kernels are compiled, as the first run does otherwise; returns at once if they are.
     *
     * @throws ModelClosedException after {@link #close}, also if it comes meanwhile
     * @throws ModelException if a kernel does not run at all, or would be slow and the model was opened strictly
     */
    public void awaitWarmUp() {
        sessions.requireOpen();
        awaitKernels();
    }

    /** Waits until a run would not crawl; a run that waits for it ends when the model is closed. */
    void awaitKernels() {
        warmUp.await();
        if (warmUp.isCancelled()) {
            throw sessions.closed();
        }
        warmUp.requireSuccess();
        if (options.strict()) {
            warmUp.requireCompiled();
        }
    }

    /** How the kernels run on this machine; whether they are compiled is known after {@link #awaitWarmUp}. */
    public VectorStatus vectorStatus() {
        return warmUp.status();
    }

    /**
     * Runs the model on one image, whatever its batch is, on this thread alone, and shows what each step yields.
     *
     * @param image {@code [height, width, channels]}, as {@link ModelSignature} says what arrays hold; what comes after
     *        that does not count
     * @param visitor may use the model, but not close it
     * @throws IllegalArgumentException if the image is too small
     * @throws ModelException if the model was compiled by a version that did not tell where values lie
     * @throws ModelClosedException after {@link #close}
     */
    public void trace(float[] image, StepVisitor visitor) {
        trace(image, signature.arrayScaling(), visitor);
    }

    /** Traces a run on an array of which something else is computed first. */
    void trace(float[] image, ArrayScaling scaling, StepVisitor visitor) {
        if (values.isEmpty()) {
            throw new ModelException("model '" + signature.name() + "' was compiled by an earlier version and does not"
                    + " tell what its steps yield; compile it again");
        }
        try (Session session = newSession()) {
            session.trace(image, scaling, (memory, step) -> visitor.visit(steps.get(step), values.get(step),
                    values.get(step).read(outputOf(step).isPresent()
                            ? session.output(outputOf(step).getAsInt())
                            : memory)));
        }
    }

    /** Which output a step hands to the caller; those steps come in the outputs' order, and the last step is one. */
    private OptionalInt outputOf(int step) {
        if (step == steps.size() - 1) {
            return OptionalInt.of(signature.outputs().size() - 1);
        }
        return steps.get(step).isOutput()
                ? OptionalInt.of((int) steps.subList(0, step).stream().filter(ModelStep::isOutput).count())
                : OptionalInt.empty();
    }

    /**
     * Runs an image that the model carries for a while, on all threads, and compares what every step yields with what
     * the compiler's reference interpreter has computed. It tests this machine and this JVM as well as the model: a
     * weight that was changed, a processor or an optimising compiler that computes wrongly.
     *
     * @throws ModelException if the model has no self-test
     * @throws ModelClosedException after {@link #close}, also if it comes meanwhile
     */
    public SelfTestReport selfTest() {
        sessions.requireOpen();
        return new SelfTestRun(this, ModelResources.selfTest(network.getClass())).run();
    }

    /**
     * Closes all sessions, waiting for their runs, ends the threads, and frees the weights. A run that still waits for
     * the warm-up ends with a {@link ModelClosedException}. Closing twice is harmless; who closes while another thread
     * does waits for that.
     *
     * @throws ModelException if the memory of a session is in use by a channel, or the caller is a {@link StepVisitor}
     *         of this model; close it again when that has ended
     */
    @Override
    public void close() {
        sessions.refuse();
        closing.lock();
        try {
            if (!freed) {
                warmUp.cancel();
                sessions.close();
                workers.close();
                memory.close();
                unload.run();
                freed = true;
            }
        } finally {
            closing.unlock();
        }
    }
}
