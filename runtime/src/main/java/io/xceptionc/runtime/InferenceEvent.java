package io.xceptionc.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One run of a model, as Java Flight Recorder records it. */
@Name("io.xceptionc.Inference")
@Label("Inference")
@Description("One run of a compiled model")
@Category("xceptionc")
@StackTrace(false)
final class InferenceEvent extends Event {

    @Label("Model")
    String model;

    @Label("Images")
    int images;

    @Label("Threads")
    @Description("The threads that computed; 1 if the others were busy with another run")
    int threads;

    /** Ends the event of a run, and commits it if it is wanted. */
    void commit(CompiledModel of, boolean parallel) {
        end();
        if (shouldCommit()) {
            model = of.signature().name();
            images = of.signature().batch();
            threads = parallel ? of.threads() : 1;
            commit();
        }
    }
}
