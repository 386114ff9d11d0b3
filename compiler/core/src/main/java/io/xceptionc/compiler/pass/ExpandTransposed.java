package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code conv2d_transpose(x) -> join_phases(conv2d(x), ...)}: the result's pixels at the same distance from a multiple
 * of the stride are computed by the same taps of the kernel, which are a convolution with stride 1. Either each of
 * these phases is one of its own, or all are the channels of one, whichever is cheaper: where phases have unlike many
 * taps, one convolution multiplies zeros, and where they have few channels, several fill no vectors. With stride 1,
 * there is one phase.
 */
public final class ExpandTransposed implements Pass {

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public Optional<Graph> apply(Graph graph) {
        TransposedKernels kernels = new TransposedKernels();
        return graph.rewrite((node, inputs) -> node.op() instanceof ConvTranspose2d op
                ? new Expansion(node, op, inputs.getFirst(), kernels).node()
                : node.withInputs(inputs));
    }

    private static final class Expansion {

        /** Gathering a number to multiply costs about as much as to multiply it by a block of channels. */
        private static final int GATHERING = ImageLayout.CHANNELS;
        /** What a step costs, in multiplications. */
        private static final double STEP = 200_000;

        private final Node node;
        private final ConvTranspose2d op;
        private final Node input;
        private final TransposedKernels kernels;
        private final Reach.Axis rows;
        private final Reach.Axis columns;

        Expansion(Node node, ConvTranspose2d op, Node input, TransposedKernels kernels) {
            this.node = node;
            this.op = op;
            this.input = input;
            this.kernels = kernels;
            Window window = op.window();
            TensorType in = input.type();
            rows = new Reach.Axis(window.kernelHeight(), window.strideHeight(), window.dilationHeight(),
                    window.padding().top(), in.height(), node.type().height());
            columns = new Reach.Axis(window.kernelWidth(), window.strideWidth(), window.dilationWidth(),
                    window.padding().left(), in.width(), node.type().width());
        }

        Node node() {
            if (phaseCount() == 1) {
                return phase(node.name(), rows.phase(0), columns.phase(0));
            }
            boolean hasAllPhases = rows.output() >= rows.stride() && columns.output() >= columns.stride();
            return hasAllPhases && costOfPhases() < costOfOne() ? ofPhases() : ofOne();
        }

        private int phaseCount() {
            return rows.stride() * columns.stride();
        }

        private double costOfPhases() {
            double cost = 0;
            int groupChannelsOut = op.channelsOut() / op.groups();
            for (int row = 0; row < rows.stride(); row++) {
                for (int column = 0; column < columns.stride(); column++) {
                    cost += STEP + multiplications(rows.phase(row), columns.phase(column), op.channelsIn(),
                            groupChannelsOut);
                }
            }
            return cost;
        }

        /** Channels of other groups have weights, too, which must be no more than an operator is let have. */
        private double costOfOne() {
            Reach rowReach = rows.allPhases();
            Reach columnReach = columns.allPhases();
            double weights = (double) rowReach.taps().size() * columnReach.taps().size() * phaseCount()
                    * op.channelsIn() * op.channelsOut();
            return weights > ConvTranspose2d.MOST_WEIGHTS
                    ? Double.MAX_VALUE
                    : STEP + multiplications(rowReach, columnReach, op.channelsIn(),
                            phaseCount() * (double) op.channelsOut());
        }

        private static double multiplications(Reach rows, Reach columns, int channelsIn, double channelsOut) {
            double blocks = Math.ceil(channelsOut / ImageLayout.CHANNELS);
            return (double) rows.positions() * columns.positions() * rows.taps().size() * columns.taps().size()
                    * channelsIn * (blocks * ImageLayout.CHANNELS + GATHERING);
        }

        private Node ofPhases() {
            List<Node> phases = new ArrayList<>();
            for (int row = 0; row < rows.stride(); row++) {
                for (int column = 0; column < columns.stride(); column++) {
                    phases.add(phase(node.name() + "@phase" + phases.size(), rows.phase(row), columns.phase(column)));
                }
            }
            return joined(phases, Padding.NONE);
        }

        private Node ofOne() {
            Tensor kernel = kernels.ofAllPhases(op, rows, columns);
            Node all = convolution(node.name() + "@phases", rows.allPhases(), columns.allPhases(), 1, kernel,
                    kernels.repeatedBias(op, phaseCount()));
            return joined(List.of(all), new Padding(rows.spareBefore(), rows.spareAfter(), columns.spareBefore(),
                    columns.spareAfter()));
        }

        private Node joined(List<Node> phases, Padding margins) {
            return new Node(node.name(), new JoinPhases(rows.stride(), columns.stride(), margins), phases,
                    node.origins());
        }

        private Node phase(String name, Reach rowReach, Reach columnReach) {
            return convolution(name, rowReach, columnReach, op.groups(), kernels.ofPhase(op, rowReach, columnReach),
                    op.bias());
        }

        private Node convolution(String name, Reach rowReach, Reach columnReach, int groups, Tensor kernel,
                Optional<Tensor> bias) {
            Padding unread = Reach.unread(rowReach, columnReach);
            List<Node.Origin> origins = List.of(new Node.Origin(node.name(), node.span()));
            Node read = unread.equals(Padding.NONE)
                    ? input
                    : new Node(name + "@crop", new Crop2d(unread), List.of(input), origins);
            Window window = new Window(rowReach.taps().size(), columnReach.taps().size(), 1, 1, rowReach.dilation(),
                    columnReach.dilation(), Reach.padding(rowReach, columnReach));
            return new Node(name, new Conv2d(window, groups, kernel, bias, Fusion.NONE), List.of(read),
                    name.equals(node.name()) ? node.origins() : origins);
        }
    }
}
