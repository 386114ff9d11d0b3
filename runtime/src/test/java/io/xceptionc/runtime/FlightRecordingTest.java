package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

class FlightRecordingTest {

    @Test
    void isOnWhileRunsOrStepsAreRecorded() {
        assertFalse(FlightRecording.isOn());
        try (Recording recording = new Recording()) {
            recording.disable(StepEvent.class);
            recording.start();
            assertTrue(FlightRecording.isOn());
            recording.stop();
        }
        assertFalse(FlightRecording.isOn());
        try (Recording recording = new Recording()) {
            recording.disable(StepEvent.class);
            recording.disable(InferenceEvent.class);
            recording.start();
            assertFalse(FlightRecording.isOn());
        }
    }

    @Test
    void askingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int on = 0;
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                on += FlightRecording.isOn() ? 1 : 0;
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, on);
        assertEquals(0, bytes);
    }
}
