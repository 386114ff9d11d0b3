package io.xceptionc.compiler.pass;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.ConvTranspose2d;
import java.util.List;
import java.util.Optional;

/** The kernels, HWIO, of the convolutions that a transposed convolution is made of. */
final class TransposedKernels {

    private final DerivedWeights weights = new DerivedWeights();

    /** The taps of one phase, in the order in which a convolution meets them. */
    Tensor ofPhase(ConvTranspose2d op, Reach rows, Reach columns) {
        int channelsOut = op.channelsOut();
        int groupChannelsIn = op.channelsIn() / op.groups();
        List<Integer> shape = List.of(rows.taps().size(), columns.taps().size(), groupChannelsIn, channelsOut);
        return weights.derive(op.kernel().name(), "phase", List.of(op, rows, columns), shape, () -> {
            Source source = new Source(op);
            float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
            int element = 0;
            for (int row : rows.taps()) {
                for (int column : columns.taps()) {
                    for (int c = 0; c < groupChannelsIn; c++) {
                        for (int o = 0; o < channelsOut; o++) {
                            int group = o / (channelsOut / op.groups());
                            values[element++] = source.at(row, column, group * groupChannelsIn + c, o);
                        }
                    }
                }
            }
            return values;
        });
    }

    /** The taps of all phases, whose results are channels one after another; channels of other groups have zeros. */
    Tensor ofAllPhases(ConvTranspose2d op, Reach.Axis rows, Reach.Axis columns) {
        Reach rowReach = rows.allPhases();
        Reach columnReach = columns.allPhases();
        int phases = rows.stride() * columns.stride();
        int channelsOut = op.channelsOut();
        List<Integer> shape = List.of(rowReach.taps().size(), columnReach.taps().size(), op.channelsIn(),
                Math.multiplyExact(phases, channelsOut));
        return weights.derive(op.kernel().name(), "phases", List.of(op, rows, columns), shape, () -> {
            Source source = new Source(op);
            float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
            int element = 0;
            for (int rowStep : rowReach.taps()) {
                for (int columnStep : columnReach.taps()) {
                    for (int c = 0; c < op.channelsIn(); c++) {
                        for (int phase = 0; phase < phases; phase++) {
                            int row = rows.tap(phase / columns.stride(), rowStep);
                            int column = columns.tap(phase % columns.stride(), columnStep);
                            for (int o = 0; o < channelsOut; o++) {
                                values[element++] = source.at(row, column, c, o);
                            }
                        }
                    }
                }
            }
            return values;
        });
    }

    /** The biases once for each phase. */
    Optional<Tensor> repeatedBias(ConvTranspose2d op, int phases) {
        int channelsOut = op.channelsOut();
        return op.bias().map(bias -> weights.derive(bias.name(), "repeated", List.of(bias, phases),
                List.of(phases * channelsOut), () -> {
                    float[] values = new float[phases * channelsOut];
                    for (int phase = 0; phase < phases; phase++) {
                        System.arraycopy(bias.values(), 0, values, phase * channelsOut, channelsOut);
                    }
                    return values;
                }));
    }

    /** The transposed kernel, read by taps and channels. */
    private static final class Source {

        private final ConvTranspose2d op;
        private final float[] values;
        private final int groupChannelsIn;
        private final int groupChannelsOut;

        Source(ConvTranspose2d op) {
            this.op = op;
            values = op.kernel().values();
            groupChannelsIn = op.channelsIn() / op.groups();
            groupChannelsOut = op.channelsOut() / op.groups();
        }

        float at(int row, int column, int channelIn, int channelOut) {
            if (row == Reach.NONE || column == Reach.NONE
                    || channelIn / groupChannelsIn != channelOut / groupChannelsOut) {
                return 0;
            }
            int tap = row * op.window().kernelWidth() + column;
            return values[(tap * op.channelsIn() + channelIn) * groupChannelsOut + channelOut % groupChannelsOut];
        }
    }
}
