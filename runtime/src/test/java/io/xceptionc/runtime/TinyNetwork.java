package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** A network as the compiler would emit it, of one step: a number times the one weight. */
public class TinyNetwork extends Network {

    /** For the runtime. */
    public TinyNetwork(int vectorBits) {
        if (vectorBits != 0) {
            throw new IllegalArgumentException("has no vectors of " + vectorBits + " bits");
        }
    }

    @Override
    public int stepCount() {
        return 1;
    }

    @Override
    public String stepName(int step) {
        return "multiply";
    }

    @Override
    public boolean isParallel(int step) {
        return false;
    }

    @Override
    public void runStep(int step, Frame frame, int part, int parts) {
        float weight = frame.constants().get(ValueLayout.JAVA_FLOAT, 0);
        float input = frame.input().get(ValueLayout.JAVA_FLOAT, frame.inputByteOffset());
        frame.output().set(ValueLayout.JAVA_FLOAT, frame.outputByteOffset(), input * weight);
    }

    @Override
    public int loopCount() {
        return 0;
    }

    @Override
    public void runLoop(int loop, int count, Frame frame) {
        throw new IndexOutOfBoundsException(loop);
    }

    @Override
    public long arenaBytes() {
        return 64;
    }

    @Override
    public int rowsFloats() {
        return 16;
    }

    @Override
    public int vectorBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize(); // as other models of the process have
    }
}
