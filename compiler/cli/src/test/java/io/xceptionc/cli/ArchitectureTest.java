package io.xceptionc.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line is one of the compiler's callers, and knows no more of it than any other. */
@AnalyzeClasses(packages = "io.xceptionc.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String COMPILER = "io.xceptionc.compiler.";

    /**
     * Packages for callers, and what stands by itself: arrays as Python writes them, whole files, the names of a jar's
     * entries.
     */
    private static final Set<String> FOR_ALL =
            Stream.of("api", "diagnostic", "format.npy", "output.AtomicFile", "jar.ModelJar").map(COMPILER::concat)
                    .collect(Collectors.toUnmodifiableSet());

    /** What public members of the API take and yield, what that is made of, and so on. */
    private static final Set<String> IN_SIGNATURES = inSignatures();

    private static Set<String> inSignatures() {
        JavaClasses compiler = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
                .importPackages("io.xceptionc.compiler");
        Set<JavaClass> known = new LinkedHashSet<>();
        Deque<JavaClass> waiting = new ArrayDeque<>();
        compiler.stream().filter(type -> isPublic(type.getModifiers()) && isOfApi(type))
                .flatMap(type -> type.getCodeUnits().stream()).filter(member -> isPublic(member.getModifiers()))
                .forEach(member -> {
                    waiting.addAll(namedBy(member.getReturnType()));
                    member.getParameterTypes().forEach(parameter -> waiting.addAll(namedBy(parameter)));
                });
        while (!waiting.isEmpty()) {
            JavaClass type = waiting.remove();
            if (known.add(type)) {
                type.getFields().stream().filter(field -> type.isRecord() && !isStatic(field.getModifiers()))
                        .forEach(component -> waiting.addAll(namedBy(component.getType())));
            }
        }
        return known.stream().map(JavaClass::getName).collect(Collectors.toSet());
    }

    private static List<JavaClass> namedBy(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType)
                .filter(named -> named.getName().startsWith(COMPILER)).toList();
    }

    private static boolean isPublic(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC);
    }

    private static boolean isStatic(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.STATIC);
    }

    private static boolean isOfApi(JavaClass type) {
        return type.getPackageName().equals(COMPILER + "api");
    }

    private static boolean isInternal(JavaClass type) {
        String outermost = type.getName().replaceFirst("\\$.*", "");
        return outermost.startsWith(COMPILER) && !FOR_ALL.contains(type.getPackageName())
                && !FOR_ALL.contains(outermost) && !IN_SIGNATURES.contains(type.getName())
                && !IN_SIGNATURES.contains(outermost);
    }

    @ArchTest
    static final ArchRule THE_COMPILER_IS_SEEN_THROUGH_ITS_API = noClasses()
            .should().dependOnClassesThat(describe("are inside the compiler", ArchitectureTest::isInternal))
            .because("a phase that nobody outside calls can be changed");

    @ArchTest
    static final ArchRule PACKAGES_MAKE_NO_CIRCLE = slices().matching("io.xceptionc.cli.(*)..")
            .should().beFreeOfCycles()
            .because("a package that uses a later one cannot be understood or tested by itself");

    @ArchTest
    static final ArchRule NOTHING_LOOKS_BACK_AT_THE_ENTRY_POINT = noClasses()
            .that().resideInAPackage("io.xceptionc.cli.*")
            .should().dependOnClassesThat().resideInAPackage("io.xceptionc.cli")
            .because("the entry point knows the verbs, not they it");

    @ArchTest
    static final ArchRule ONE_CLASS_NAMES_ONNX_RUNTIME = noClasses()
            .that().doNotHaveFullyQualifiedName("io.xceptionc.cli.verify.OnnxRuntime")
            .should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..")
            .because("that library is there if users put it there, and no other class may need it to be loaded");
}
