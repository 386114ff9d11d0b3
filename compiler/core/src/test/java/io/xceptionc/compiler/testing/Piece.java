package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A stretch of a random network: a wish that adapts to the value that it is appended to, so that it always fits. */
sealed interface Piece {

    /** Vectors and images of more elements than this are not flattened. */
    int LARGEST_FLATTENED = 4096;
    /** Values of more channels than this get no more. */
    int MOST_CHANNELS = 140;

    /** Pixels of what is made larger. */
    int MOST_RESIZED_PIXELS = 400;

    /** Of more channels than this, groups may be too large. */
    int LARGEST_GROUPED = 512;

    /** Appends the piece to a value. */
    Node append(Sketch sketch, Node x);

    /** The same piece, so that the result has the height and width of the value that it is appended to. */
    default Piece keepingSize() {
        return this;
    }

    /** Appends pieces one after another. */
    static Node appendAll(List<Piece> pieces, Sketch sketch, Node x) {
        Node last = x;
        for (Piece piece : pieces) {
            last = piece.append(sketch, last);
        }
        return last;
    }

    /** A local response norm, if the value has no more channels than that takes. */
    record ResponseNorming(ResponseNorm op) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return x.type().channels() > ResponseNorm.MOST_CHANNELS ? x : sketch.add(op, x);
        }
    }

    /** An operator that fits any value. */
    record Plain(Op op) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(op, x);
        }
    }

    /** A batch norm. */
    record Norm(double epsilon, boolean scale, boolean center) implements Piece {
        static final Norm USUAL = new Norm(1e-3, true, true);

        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(sketch.batchNorm(x.type().channels(), epsilon, scale, center), x);
        }
    }

    /** A channel-wise affine step. */
    record Scaling() implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(sketch.affine(x.type().channels()), x);
        }
    }

    /** A rectifier with slopes. */
    record Slopes(boolean shared) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(sketch.prelu(shared ? 1 : x.type().channels()), x);
        }
    }

    /** A trained scale of channels. */
    record ChannelScaling(boolean scale, boolean center) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(new ChannelScale(sketch.gammaBeta(x.type().channels(), scale, center)), x);
        }
    }

    /** A norm over the channels of each pixel; an epsilon that keeps what nearly vanishes from growing. */
    record PixelNorm(boolean isCentred, boolean scale, boolean center) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return sketch.add(new LayerNorm(isCentred, sketch.gammaBeta(x.type().channels(), scale, center), 0.1), x);
        }
    }

    /**
     * A norm over the image of as many groups as divide the channels, at most so many; without a number, of each
     * channel.
     */
    record ImageNorm(OptionalInt groups, boolean scale, boolean center) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            int channels = x.type().channels();
            OptionalInt count = groups.isEmpty() || channels > LARGEST_GROUPED
                    ? OptionalInt.empty()
                    : IntStream.rangeClosed(1, groups.getAsInt()).filter(each -> channels % each == 0).max();
            return sketch.add(new GroupNorm(count, sketch.gammaBeta(channels, scale, center), 0.1), x);
        }
    }

    /** A grid of any size; none where the size is to be kept. */
    record AdaptivePooling(Reduction reduction, int height, int width) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return x.type().flat() ? x : sketch.add(new AdaptivePool2d(reduction, height, width), x);
        }

        @Override
        public Piece keepingSize() {
            return new Plain(new Dropout());
        }
    }

    /** Channels repeated, if they do not become too many. */
    record Repetition(int count) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return x.type().channels() * count > MOST_CHANNELS ? x : sketch.add(new RepeatChannels(count), x);
        }
    }

    /** Rows and columns of zeros; none where the size is to be kept. */
    record ZeroPadding(Padding padding) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return x.type().flat() ? x : sketch.add(new ZeroPad2d(padding), x);
        }

        @Override
        public Piece keepingSize() {
            return new ZeroPadding(Padding.NONE);
        }
    }

    /** Rows and columns cut off, as far as there are enough; none where the size is to be kept. */
    record Cropping(Padding margins) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            boolean fits = !x.type().flat() && x.type().height() > margins.top() + margins.bottom()
                    && x.type().width() > margins.left() + margins.right();
            return fits ? sketch.add(new Crop2d(margins), x) : x;
        }

        @Override
        public Piece keepingSize() {
            return new Cropping(Padding.NONE);
        }
    }

    /**
     * Rows and columns of numbers or of the image, as far as there are enough to mirror; none where the size is to be
     * kept.
     */
    record BorderPadding(Padding padding, Pad2d.Mode mode, float value) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            boolean fits = !x.type().flat() && Math.max(padding.top(), padding.bottom()) < x.type().height()
                    && Math.max(padding.left(), padding.right()) < x.type().width();
            return fits ? sketch.add(new Pad2d(padding, mode, value), x) : x;
        }

        @Override
        public Piece keepingSize() {
            return new BorderPadding(Padding.NONE, mode, value);
        }
    }

    /** Some of the channels: from so many hundredths of them on so many hundredths of the rest. */
    record ChannelSlice(int firstHundredth, int hundredths) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            int first = x.type().channels() * firstHundredth / 100;
            int count = Math.max(1, (x.type().channels() - first) * hundredths / 100);
            return sketch.add(new SliceChannels(first, count), x);
        }
    }

    /** Channels shuffled, in as many groups as fit. */
    record ChannelShuffle(int mostGroups) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            int groups = mostGroups;
            while (x.type().channels() % groups != 0) {
                groups--;
            }
            return x.type().flat() ? x : sketch.add(new ShuffleChannels(groups), x);
        }
    }

    /** Another size, if it does not become too large; the size as it is where it is to be kept. */
    record Resizing(Resize2d op) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            boolean fits = !x.type().flat() && x.type().pixelCount() <= MOST_RESIZED_PIXELS;
            return fits ? sketch.add(op, x) : x;
        }

        @Override
        public Piece keepingSize() {
            return new Resizing(new Resize2d(new Extent.Factor(1, 1), op.method(), op.coordinates(), op.rounding()));
        }
    }

    /**
     * A transposed convolution, if the image does not become too large: as drawn if that fits, else without padding.
     */
    record Transposition(Window window, boolean isSame, int extra, int mostGroups, int filters, boolean bias)
            implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            TensorType type = x.type();
            int steps = window.strideHeight() * window.strideWidth();
            if (type.flat() || type.pixelCount() * steps > MOST_RESIZED_PIXELS) {
                return x;
            }
            int groups = mostGroups;
            while (type.channels() % groups != 0 || filters % groups != 0) {
                groups--;
            }
            boolean fits = (type.height() - 1) * window.strideHeight() + window.extentHeight() + extra > 4
                    && (type.width() - 1) * window.strideWidth() + window.extentWidth() + extra > 4;
            Window cut = window.withPadding(isSame
                    ? ConvTranspose2d.same(window)
                    : fits ? window.padding() : Padding.NONE);
            return sketch.add(sketch.transposed(type.channels(), filters, cut, isSame ? 0 : extra, groups, bias), x);
        }

        @Override
        public Piece keepingSize() {
            Window still = new Window(window.kernelHeight(), window.kernelWidth(), 1, 1, window.dilationHeight(),
                    window.dilationWidth(), Padding.NONE);
            return new Transposition(still, true, 0, mostGroups, filters, bias);
        }
    }

    /** Channels as pixels, or pixels as channels, where they fit. */
    record Squares(int block, PixelOrder order, boolean toSpace) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            TensorType type = x.type();
            int square = block * block;
            if (type.flat()) {
                return x;
            }
            if (toSpace) {
                boolean fits = type.channels() % square == 0 && type.pixelCount() * square <= MOST_RESIZED_PIXELS;
                return fits ? sketch.add(new DepthToSpace(block, order), x) : x;
            }
            boolean fits = type.height() % block == 0 && type.width() % block == 0
                    && type.channels() * square <= MOST_CHANNELS;
            return fits ? sketch.add(new SpaceToDepth(block, order), x) : x;
        }

        @Override
        public Piece keepingSize() {
            return new Squares(1, order, toSpace);
        }
    }

    /**
     * What passes make of transposed convolutions and squares: phases that are joined, or pixels as phases, where they
     * fit.
     */
    record Phases(int rows, int columns, boolean split) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            TensorType type = x.type();
            int count = rows * columns;
            if (type.flat()) {
                return x;
            }
            if (split) {
                boolean fits = type.height() % rows == 0 && type.width() % rows == 0
                        && type.channels() * rows * rows <= MOST_CHANNELS;
                return fits ? sketch.add(new SplitPhases(rows), x) : x;
            }
            if (type.pixelCount() * count > MOST_RESIZED_PIXELS) {
                return x;
            }
            return type.channels() % count == 0 && type.height() > 1
                    ? sketch.add(new JoinPhases(rows, columns, new Padding(rows - 1, 0, 0, 0)), x)
                    : sketch.add(new JoinPhases(rows, columns, Padding.NONE),
                            Stream.generate(() -> x).limit(count).toArray(Node[]::new));
        }
    }

    /** Pooling. */
    record Pooling(Reduction reduction, WindowChoice window, boolean countsPadding) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            return x.type().flat()
                    ? x
                    : sketch.add(new Pool2d(reduction, window.overPooled(x.type(), reduction), countsPadding), x);
        }

        @Override
        public Piece keepingSize() {
            return new Pooling(reduction, window.keepingSize(), countsPadding);
        }
    }

    /** What makes of an image a vector: global pooling, or flattening if that is not too large. */
    record Vectorization(Reduction reduction, Optional<Boolean> flattensChannelsFirst) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            if (flattensChannelsFirst.isPresent() && x.type().elementCount() <= LARGEST_FLATTENED) {
                return sketch.add(new Flatten(flattensChannelsFirst.get()), x);
            }
            return x.type().flat() ? x : sketch.add(new GlobalPool2d(reduction), x);
        }
    }

    /** A convolution with what commonly stands before and after it. */
    record Layer(Linear linear, Prelude prelude, Optional<Norm> norm, Activation activation) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            Node prepared = switch (prelude) {
                case NOTHING, PADDING -> x;
                case RELU -> sketch.add(new Activate(Activation.RELU), x);
                case NORM -> Norm.USUAL.append(sketch, x);
                case NORM_RELU -> sketch.add(new Activate(Activation.RELU), Norm.USUAL.append(sketch, x));
            };
            Node sum = prelude == Prelude.PADDING && !x.type().flat()
                    ? linear.appendPadded(sketch, prepared)
                    : linear.append(sketch, prepared);
            return finish(sketch, sum, norm, activation);
        }

        @Override
        public Piece keepingSize() {
            return new Layer(linear.keepingSize(), prelude, norm, activation);
        }
    }

    /** What stands before a convolution. */
    enum Prelude {
        NOTHING, RELU, NORM, NORM_RELU, PADDING
    }

    /** One convolution applied twice, with a batch norm between: layers may share weights. */
    record Shared(Linear linear) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            TensorType type = x.type();
            Window window = type.flat() ? Window.POINTWISE : linear.window().keepingSize().over(type);
            Op op = linear.withChannelsKept(type.channels()).operator(sketch, type, window);
            Node first = Norm.USUAL.append(sketch, sketch.add(op, x));
            return sketch.add(op, first);
        }
    }

    /** A convolution into which all sorts of things are fused already. */
    record Fused(Linear linear, Fusion fusion, Activation firstActivation) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            Convolution op = linear.fused(sketch, x.type(), fusion, firstActivation);
            return fusion.residual() ? sketch.add(op, x, linear.append(sketch, x)) : sketch.add(op, x);
        }

        @Override
        public Piece keepingSize() {
            return new Fused(linear.keepingSize(), fusion, firstActivation);
        }
    }

    /** Paths that are joined again; an empty one is the value itself. */
    record Branches(List<List<Piece>> paths, Op merge, Optional<Norm> norm, Activation activation)
            implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            List<Node> ends = new ArrayList<>();
            paths.forEach(path -> ends.add(appendAll(path.stream().map(Piece::keepingSize).toList(), sketch, x)));
            int channels = ends.stream().mapToInt(end -> end.type().channels()).sum();
            boolean concatenates = merge instanceof Concat && channels <= 2 * MOST_CHANNELS;
            if (!concatenates) {
                ends.replaceAll(end -> withChannels(ends.getFirst().type().channels(), sketch, end));
            }
            Node joined =
                    sketch.add(!concatenates && merge instanceof Concat ? new Add() : merge, ends.toArray(Node[]::new));
            return finish(sketch, joined, norm, activation);
        }

        private static Node withChannels(int channels, Sketch sketch, Node x) {
            return x.type().channels() == channels ? x : Linear.pointwise(channels).append(sketch, x);
        }
    }

    /** What one number for each channel, each pixel or all does to a value, as in squeeze-and-excite. */
    record Gated(Part part, Op merge, boolean isGateFirst) implements Piece {

        /** What there is a number for. */
        enum Part {
            CHANNEL, CHANNEL_OF_VECTOR, PIXEL, ALL
        }

        @Override
        public Node append(Sketch sketch, Node x) {
            Node gate = gate(sketch, x);
            return isGateFirst ? sketch.add(merge, gate, x) : sketch.add(merge, x, gate);
        }

        private Node gate(Sketch sketch, Node x) {
            boolean isVector = x.type().flat();
            return switch (part) {
                case CHANNEL -> isVector ? x : sketch.add(new GlobalPool2d(Reduction.MAX, true), x);
                case CHANNEL_OF_VECTOR -> isVector ? x : sketch.add(new GlobalPool2d(Reduction.MEAN), x);
                case PIXEL -> Linear.pointwise(1).append(sketch, x);
                case ALL -> Linear.pointwise(1).append(sketch,
                        isVector ? x : sketch.add(new GlobalPool2d(Reduction.MEAN, true), x));
            };
        }
    }

    /** A projection of what is scaled by channel: by constants and rectified, as in a dense block, or by a gate. */
    record ScaledProjection(Optional<Gated> gate, boolean rectifies, int filters) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            Node scaled = gate.map(piece -> piece.append(sketch, x))
                    .orElseGet(() -> sketch.add(sketch.affine(x.type().channels()), x));
            Node read = rectifies ? sketch.add(new Activate(Activation.RELU), scaled) : scaled;
            return Linear.pointwise(filters).append(sketch, read);
        }
    }

    /** Xception's entry block: a body and pooling on one path, a strided convolution on the other. */
    record Downsampling(List<Piece> body, int stride, Optional<Norm> shortcutNorm) implements Piece {
        @Override
        public Node append(Sketch sketch, Node x) {
            Node end = appendAll(body.stream().map(Piece::keepingSize).toList(), sketch, x);
            if (x.type().flat()) {
                return end;
            }
            Window window = new Window(3, 3, stride, stride, 1, 1, Padding.NONE);
            Padding same = Padding.same(x.type().height(), x.type().width(), window);
            Node pooled = sketch.add(new Pool2d(Reduction.MAX, window.withPadding(same), false), end);
            Window skip = new Window(1, 1, stride, stride, 1, 1, Padding.NONE);
            Node shortcut = sketch.add(sketch.conv2d(x.type().channels(), end.type().channels(), skip, 1, false), x);
            return sketch.add(new Add(), pooled, finish(sketch, shortcut, shortcutNorm, Activation.IDENTITY));
        }

        @Override
        public Piece keepingSize() {
            return new Downsampling(body, 1, shortcutNorm);
        }
    }

    private static Node finish(Sketch sketch, Node sum, Optional<Norm> norm, Activation activation) {
        Node normalized = norm.map(piece -> piece.append(sketch, sum)).orElse(sum);
        return activation.equals(Activation.IDENTITY) ? normalized : sketch.add(new Activate(activation), normalized);
    }
}
