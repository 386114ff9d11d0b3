package io.xceptionc.runtime;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One step of a run for one image, as Java Flight Recorder records it. */
@Name("io.xceptionc.Step")
@Label("Step")
@Description("One step of a compiled model's run, for one image")
@Category("xceptionc")
@StackTrace(false)
final class StepEvent extends Event {

    @Label("Model")
    String model;

    @Label("Index")
    @Description("Which step of the run, from 0")
    int index;

    @Label("Step")
    @Description("The layer that the step computes")
    String step;

    @Label("Operator")
    String operator;

    @Label("Kernels")
    String kernels;

    @Label("MACs")
    @Description("Multiplications with an addition")
    long macs;

    @Label("Bytes")
    @Description("The step's inputs, its result and its weights, each once")
    @DataAmount
    long bytes;

    @Label("Threads")
    @Description("The threads that computed; short steps take one")
    int threads;

    /** Ends the event of a step, and commits it if it is wanted. */
    void commit(CompiledModel of, int stepIndex, boolean parallel) {
        end();
        if (shouldCommit()) {
            ModelStep described = of.steps().get(stepIndex);
            model = of.signature().name();
            index = stepIndex;
            step = described.name();
            operator = described.operator();
            kernels = described.kernelsText();
            macs = described.multiplyAccumulates();
            bytes = described.bytes();
            threads = parallel ? of.threads() : 1;
            commit();
        }
    }
}
