package io.xceptionc.runtime;

import jdk.jfr.FlightRecorder;

/**
 * Tells whether Java Flight Recorder wants to hear of runs. As long as nobody uses the recorder, no event class is
 * loaded.
 */
final class FlightRecording {

    private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecording() {}

    /** Whether runs or their steps are recorded. Allocates nothing. */
    static boolean isOn() {
        return AVAILABLE && FlightRecorder.isInitialized() && Probes.areWanted();
    }

    /** Events that are never committed, to ask whether such events are. */
    private static final class Probes {

        private static final InferenceEvent INFERENCE = new InferenceEvent();
        private static final StepEvent STEP = new StepEvent();

        static boolean areWanted() {
            return INFERENCE.isEnabled() || STEP.isEnabled();
        }
    }
}
