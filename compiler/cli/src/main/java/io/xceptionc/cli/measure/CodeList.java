package io.xceptionc.cli.measure;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The listing of HotSpot's code cache: what its just-in-time compilers have compiled.
 *
 * @param text as the diagnostic command {@code Compiler.codelist} prints it
 */
record CodeList(String text) {

    private static final String DIAGNOSTIC_COMMAND = "com.sun.management:type=DiagnosticCommand";
    private static final int TIER_OF_C2 = 4;
    /** Number, tier, state (0 while the code may be entered), class and method, then its types. */
    private static final Pattern METHOD =
            Pattern.compile("^ *\\d+ +([1-4]) +0 +(\\S+)\\.(\\w+)\\(", Pattern.MULTILINE);

    /**
     * What is compiled now.
     *
     * @throws JMException if the JVM does not tell it
     */
    static CodeList now() throws JMException {
        Object text = ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(DIAGNOSTIC_COMMAND),
                "compilerCodelist", new Object[0], new String[0]);
        return new CodeList((String) text);
    }

    /** How the methods of kernels run. */
    List<KernelMethod> statesOf(KernelCode kernels) {
        Map<String, Integer> tiers = new HashMap<>();
        for (MatchResult method : METHOD.matcher(text).results().toList()) {
            if (method.group(2).equals(kernels.className())) {
                tiers.merge(method.group(3), Integer.valueOf(method.group(1)), Math::max);
            }
        }
        List<KernelMethod> states = new ArrayList<>();
        kernels.methods().forEach((name, method) -> states
                .add(new KernelMethod(name, state(name, kernels, tiers), method.hasVectors())));
        return states;
    }

    private static KernelMethod.State state(String name, KernelCode kernels, Map<String, Integer> tiers) {
        if (tiers.containsKey(name)) {
            return tiers.get(name) == TIER_OF_C2 ? KernelMethod.State.C2 : KernelMethod.State.C1;
        }
        boolean inlined = kernels.methods().get(name).canBeInlined()
                && kernels.methods().entrySet().stream().anyMatch(caller -> caller.getValue().callees().contains(name)
                        && state(caller.getKey(), kernels, tiers).isFast());
        return inlined ? KernelMethod.State.INLINED : KernelMethod.State.INTERPRETED;
    }
}
