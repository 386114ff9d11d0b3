package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Pad2d;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SliceChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.List;

/** The operators that move elements without computing. */
final class Arrangements {

    private Arrangements() {}

    static ExactValue concat(List<ExactValue> inputs) {
        int channels = inputs.stream().mapToInt(ExactValue::channels).sum();
        ExactValue y = ExactValue.zeros(inputs.getFirst().type().withChannels(channels));
        int firstChannel = 0;
        for (ExactValue x : inputs) {
            for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
                for (int c = 0; c < x.channels(); c++) {
                    y.set(pixel, firstChannel + c, x.at(pixel, c));
                }
            }
            firstChannel += x.channels();
        }
        return y;
    }

    static ExactValue zeroPad(ZeroPad2d op, ExactValue x) {
        int top = op.padding().top();
        int left = op.padding().left();
        int height = top + x.height() + op.padding().bottom();
        int width = left + x.width() + op.padding().right();
        ExactValue y = ExactValue.zeros(TensorType.image(height, width, x.channels()));
        for (int row = 0; row < x.height(); row++) {
            for (int column = 0; column < x.width(); column++) {
                for (int c = 0; c < x.channels(); c++) {
                    y.set((top + row) * width + left + column, c, x.at(row * x.width() + column, c));
                }
            }
        }
        return y;
    }

    static ExactValue crop(Crop2d op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        for (int row = 0; row < y.height(); row++) {
            for (int column = 0; column < y.width(); column++) {
                int source = (op.margins().top() + row) * x.width() + op.margins().left() + column;
                for (int c = 0; c < y.channels(); c++) {
                    y.set(row * y.width() + column, c, x.at(source, c));
                }
            }
        }
        return y;
    }

    static ExactValue pad(Pad2d op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        for (int row = 0; row < y.height(); row++) {
            int sourceRow = source(op.mode(), row - op.padding().top(), x.height());
            for (int column = 0; column < y.width(); column++) {
                int sourceColumn = source(op.mode(), column - op.padding().left(), x.width());
                boolean isNumber = sourceRow < 0 || sourceColumn < 0;
                for (int c = 0; c < y.channels(); c++) {
                    y.set(row * y.width() + column, c,
                            isNumber ? op.value() : x.at(sourceRow * x.width() + sourceColumn, c));
                }
            }
        }
        return y;
    }

    /** Where along an axis a pixel comes from; -1 if it is no pixel of the image. */
    private static int source(Pad2d.Mode mode, int index, int size) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (mode) {
            case CONSTANT -> -1;
            case REFLECT -> index < 0 ? -index : 2 * (size - 1) - index;
            case SYMMETRIC -> index < 0 ? -index - 1 : 2 * size - 1 - index;
            case EDGE -> Math.clamp(index, 0, size - 1);
        };
    }

    static ExactValue sliceChannels(SliceChannels op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type().withChannels(op.count()));
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < y.channels(); c++) {
                y.set(pixel, c, x.at(pixel, op.first() + c));
            }
        }
        return y;
    }

    static ExactValue shuffleChannels(ShuffleChannels op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type());
        int groupChannels = x.channels() / op.groups();
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < x.channels(); c++) {
                y.set(pixel, c % groupChannels * op.groups() + c / groupChannels, x.at(pixel, c));
            }
        }
        return y;
    }

    static ExactValue depthToSpace(DepthToSpace op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        forEachOfSquares(op.block(), op.order(), y,
                (pixel, channel, squarePixel, squareChannel) -> y.set(pixel, channel,
                        x.at(squarePixel, squareChannel)));
        return y;
    }

    static ExactValue spaceToDepth(SpaceToDepth op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        forEachOfSquares(op.block(), op.order(), x, (pixel, channel, squarePixel, squareChannel) -> y.set(squarePixel,
                squareChannel, x.at(pixel, channel)));
        return y;
    }

    /** Where an element is in an image, and where in that of its squares. */
    @FunctionalInterface
    private interface SquareVisitor {
        void visit(int pixel, int channel, int squarePixel, int squareChannel);
    }

    private static void forEachOfSquares(int block, PixelOrder order, ExactValue image, SquareVisitor visitor) {
        for (int pixel = 0; pixel < image.pixelCount(); pixel++) {
            int row = pixel / image.width();
            int column = pixel % image.width();
            int phase = row % block * block + column % block;
            int square = row / block * (image.width() / block) + column / block;
            for (int c = 0; c < image.channels(); c++) {
                visitor.visit(pixel, c, square, switch (order) {
                    case TENSORFLOW -> phase * image.channels() + c;
                    case PYTORCH -> c * block * block + phase;
                });
            }
        }
    }

    static ExactValue joinPhases(JoinPhases op, List<ExactValue> inputs) {
        ExactValue y = ExactValue.zeros(op.outputType(inputs.stream().map(ExactValue::type).toList()));
        for (int pixel = 0; pixel < y.pixelCount(); pixel++) {
            int row = pixel / y.width() + op.margins().top();
            int column = pixel % y.width() + op.margins().left();
            int phase = row % op.rows() * op.columns() + column % op.columns();
            boolean areChannels = inputs.size() == 1;
            ExactValue x = inputs.get(areChannels ? 0 : phase);
            for (int c = 0; c < y.channels(); c++) {
                y.set(pixel, c, x.at(row / op.rows() * x.width() + column / op.columns(),
                        areChannels ? phase * y.channels() + c : c));
            }
        }
        return y;
    }

    static ExactValue repeatChannels(RepeatChannels op, ExactValue x) {
        ExactValue y = ExactValue.zeros(x.type().withChannels(x.channels() * op.count()));
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < y.channels(); c++) {
                y.set(pixel, c, x.at(pixel, c / op.count()));
            }
        }
        return y;
    }

    static ExactValue flatten(Flatten op, ExactValue x) {
        ExactValue y = ExactValue.zeros(TensorType.vector(x.elements().length));
        for (int pixel = 0; pixel < x.pixelCount(); pixel++) {
            for (int c = 0; c < x.channels(); c++) {
                int index = op.channelsFirst() ? c * x.pixelCount() + pixel : pixel * x.channels() + c;
                y.set(0, index, x.at(pixel, c));
            }
        }
        return y;
    }
}
