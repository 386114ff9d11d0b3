package io.xceptionc.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line is one of the compiler's callers, and knows no more of it than any other. */
@AnalyzeClasses(packages = "io.xceptionc.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String COMPILER = "io.xceptionc.compiler.";

    /** What else of the compiler may be named. A line that is not needed any more goes; none comes. */
    private static final Set<String> EXCEPTIONS = Stream.of(
            // Arrays are read and written as Python does.
            "format.npy.ArrayFileException", "format.npy.NpyFile", "format.npy.NpzFile", "format.npy.NpzWriter",
            "output.AtomicFile",
            // What is in a file of weights, and which of it was taken.
            "format.FileFormat", "format.file.ElementType", "format.file.TensorInfo", "format.file.TensorSource",
            "weights.TensorRole", "weights.WantedTensor", "weights.bind.Binding", "weights.bind.BindingOptions",
            "weights.bind.Leftover", "weights.bind.MatchedBy", "weights.bind.Matching", "weights.bind.Profile",
            "weights.bind.WeightsReport",
            // Parts of the options and reports of the API.
            "lower.ImageSize", "lower.Summary", "selftest.StorageLoss",
            // The entries of a jar; the lines that a problem is shown with; the names of classes.
            "jar.ModelJar", "spec.TextFile", "spec.LabelsFile").map(COMPILER::concat)
            .collect(Collectors.toUnmodifiableSet());

    private static boolean isInternal(JavaClass type) {
        String name = type.getName();
        String outermost = name.replaceFirst("\\$.*", "");
        return name.startsWith(COMPILER) && !type.getPackageName().equals(COMPILER + "api")
                && !type.getPackageName().equals(COMPILER + "diagnostic") && !EXCEPTIONS.contains(outermost);
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
