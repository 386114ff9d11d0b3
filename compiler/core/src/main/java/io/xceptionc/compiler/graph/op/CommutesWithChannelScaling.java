package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** An operator whose result is multiplied by a factor and raised by a summand for each channel if its inputs are. */
public interface CommutesWithChannelScaling {

    /**
     * What one input gets of the result's factors and summands.
     *
     * @param firstChannel the channel of the result that is the input's first
     * @param channelCount how many channels the input has; after the result's last, its first one follows again
     * @param takesSummands whether the summands are its, too
     */
    record Share(int firstChannel, int channelCount, boolean takesSummands) {

        /** Whether it is the result's channels, neither more nor fewer. */
        public boolean isWhole(TensorType result) {
            return firstChannel == 0 && channelCount == result.channels();
        }
    }

    /** Whether it is so with inputs of these shapes. */
    default boolean commutes(List<TensorType> inputs) {
        return true;
    }

    /** What each input gets. */
    List<Share> shares(List<TensorType> inputs);
}
