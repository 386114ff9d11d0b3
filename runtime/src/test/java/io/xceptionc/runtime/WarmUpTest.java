package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.kernel.Frame;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void codeThatDoesNotRunIsSaidToWhoeverWaits() {
        WarmUp warmUp = WarmUp.start(new TinyNetwork(0) {
            @Override
            public int loopCount() {
                return 1;
            }

            @Override
            public void runLoop(int loop, int count, Frame frame) {
                throw new VerifyError("bad");
            }
        }, Grants.OF_THE_SYSTEM);
        warmUp.await();
        ModelException refused = assertThrows(ModelException.class, warmUp::requireSuccess);
        assertTrue(
                refused.getMessage()
                        .matches("the generated code of io\\.xceptionc\\.runtime\\.WarmUpTest\\$1 does not run:"
                                + " java\\.lang\\.VerifyError: bad; compile the model again with this version"),
                refused.getMessage());
    }

    @Test
    void everyLoopIsCalledUntilItAllocatesNothing() {
        AtomicInteger calls = new AtomicInteger();
        WarmUp warmUp = WarmUp.start(new TinyNetwork(0) {
            @Override
            public int loopCount() {
                return 2;
            }

            @Override
            public void runLoop(int loop, int count, Frame frame) {
                calls.incrementAndGet();
            }
        }, Grants.OF_THE_SYSTEM);
        warmUp.await();
        warmUp.requireSuccess();
        assertTrue(calls.get() > 2 * 5_000, calls::toString);
    }
}
