package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each public method of what was closed says so, but for those that only describe it. */
class UseAfterCloseTest {

    private static final Set<String> OF_MODEL = Set.of("signature", "threads", "vectorBits", "weightBytes", "storage",
            "sessionBytes", "steps", "sharedKernels", "vectorStatus", "close");
    private static final Set<String> OF_SESSION = Set.of("input", "output", "close");

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            float[].class, new float[1],
            MemorySegment.class, MemorySegment.ofArray(new float[1]),
            BufferedImage.class, new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB),
            String.class, "output",
            Map.class, Map.of(),
            int.class, 0,
            StepVisitor.class, (StepVisitor) (_, _, _) -> {
            });

    private final FaultyMemory memory = new FaultyMemory(0);

    private CompiledModel model() {
        return TinyNetworks.before(() -> {
        }, memory);
    }

    private static Stream<Method> methods(Object closed) {
        return Arrays.stream(closed.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers()));
    }

    private static Object call(Object closed, Method method) throws ReflectiveOperationException {
        return method.invoke(closed, Arrays.stream(method.getGenericParameterTypes())
                .map(type -> argument(method, type)).toArray());
    }

    private static Object argument(Method method, Type type) {
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class) {
            return List.of(argument(method, parameterized.getActualTypeArguments()[0]));
        }
        Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        assertTrue(ARGUMENTS.containsKey(raw), () -> "an argument for " + method);
        return ARGUMENTS.get(raw);
    }

    private static void assertClosed(String message, Object closed, Set<String> describing)
            throws ReflectiveOperationException {
        Set<String> described = new TreeSet<>();
        for (Method method : methods(closed).toList()) {
            if (describing.contains(method.getName())) {
                described.add(method.getName());
                call(closed, method);
            } else {
                Throwable thrown =
                        assertThrows(InvocationTargetException.class, () -> call(closed, method), method::toString)
                                .getCause();
                assertEquals(ModelClosedException.class, thrown.getClass(), method::toString);
                assertEquals(message, thrown.getMessage(), method::toString);
            }
        }
        assertEquals(new TreeSet<>(describing), described);
    }

    @Test
    void ofAModel() throws Exception {
        CompiledModel model = model();
        model.run(new float[1]);
        model.close();
        assertClosed("model 'tiny' is closed; open a new one", model, OF_MODEL);
        assertEquals(VectorStatus.State.COMPILED, model.vectorStatus().state());
    }

    @Test
    void ofASession() throws Exception {
        try (CompiledModel model = model()) {
            Session session = model.newSession();
            session.close();
            assertClosed("the session is closed; open a new one", session, OF_SESSION);
        }
    }

    @Test
    void ofASessionWhoseModelWasClosed() throws Exception {
        CompiledModel model = model();
        Session session = model.newSession();
        model.close();
        assertClosed("model 'tiny' is closed; open a new one", session, OF_SESSION);
    }
}
