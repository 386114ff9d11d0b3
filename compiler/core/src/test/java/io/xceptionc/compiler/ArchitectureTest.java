package io.xceptionc.compiler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages are the phases of the compiler, and each may use only what comes before it. */
@AnalyzeClasses(packages = "io.xceptionc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_IN_THE_DIRECTION_OF_THE_PIPELINE = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.xceptionc..")
            .withOptionalLayers(true)
            .layer("api").definedBy("io.xceptionc.compiler.api")
            .layer("api.build").definedBy("io.xceptionc.compiler.api.build..")
            .layer("diagnostic").definedBy("io.xceptionc.compiler.diagnostic..")
            .layer("output").definedBy("io.xceptionc.compiler.output..")
            .layer("spec").definedBy("io.xceptionc.compiler.spec..")
            .layer("language").definedBy("io.xceptionc.compiler.language..")
            .layer("lower").definedBy("io.xceptionc.compiler.lower..")
            .layer("graph").definedBy("io.xceptionc.compiler.graph..")
            .layer("format").definedBy("io.xceptionc.compiler.format..")
            .layer("weights").definedBy("io.xceptionc.compiler.weights..")
            .layer("foreign").definedBy("io.xceptionc.compiler.foreign..")
            .layer("raise").definedBy("io.xceptionc.compiler.raise..")
            .layer("pass").definedBy("io.xceptionc.compiler.pass..")
            .layer("plan").definedBy("io.xceptionc.compiler.plan..")
            .layer("emit").definedBy("io.xceptionc.compiler.emit")
            .layer("emit.step").definedBy("io.xceptionc.compiler.emit.step..")
            .layer("emit.kernel").definedBy("io.xceptionc.compiler.emit.kernel..")
            .layer("emit.pack").definedBy("io.xceptionc.compiler.emit.pack..")
            .layer("jar").definedBy("io.xceptionc.compiler.jar..")
            .layer("export").definedBy("io.xceptionc.compiler.export..")
            .layer("selftest").definedBy("io.xceptionc.compiler.selftest..")
            .layer("reference").definedBy("io.xceptionc.compiler.reference..")
            .layer("runtime").definedBy("io.xceptionc.runtime..")
            .whereLayer("api.build").mayNotBeAccessedByAnyLayer()
            .whereLayer("api").mayOnlyBeAccessedByLayers("api.build")
            .whereLayer("diagnostic").mayNotAccessAnyLayer()
            .whereLayer("output").mayNotAccessAnyLayer()
            .whereLayer("api.build").mayOnlyAccessLayers("api", "diagnostic")
            .whereLayer("language").mayOnlyAccessLayers("graph", "weights", "diagnostic")
            .whereLayer("spec").mayOnlyAccessLayers("language", "diagnostic")
            .whereLayer("graph").mayOnlyAccessLayers("diagnostic")
            .whereLayer("format").mayOnlyAccessLayers("output", "diagnostic")
            .whereLayer("weights").mayOnlyAccessLayers("format", "graph", "diagnostic", "runtime")
            .whereLayer("lower").mayOnlyAccessLayers("spec", "language", "graph", "weights", "diagnostic", "runtime")
            .whereLayer("foreign").mayOnlyAccessLayers("format", "weights", "spec", "language", "graph", "diagnostic")
            .whereLayer("raise")
            .mayOnlyAccessLayers("foreign", "format", "weights", "spec", "language", "graph", "diagnostic")
            .whereLayer("pass").mayOnlyAccessLayers("graph", "diagnostic")
            .whereLayer("plan").mayOnlyAccessLayers("graph", "diagnostic", "runtime")
            .whereLayer("emit")
            .mayOnlyAccessLayers("emit.step", "emit.kernel", "emit.pack", "plan", "graph", "diagnostic", "runtime")
            .whereLayer("emit.step")
            .mayOnlyAccessLayers("emit.kernel", "emit.pack", "plan", "graph", "diagnostic", "runtime")
            .whereLayer("emit.kernel").mayOnlyAccessLayers("graph", "diagnostic", "runtime")
            .whereLayer("emit.pack").mayOnlyAccessLayers("graph", "diagnostic", "runtime")
            .whereLayer("jar")
            .mayOnlyAccessLayers("output", "emit", "emit.pack", "plan", "graph", "diagnostic", "runtime")
            .whereLayer("export").mayOnlyAccessLayers("format", "graph", "runtime")
            .whereLayer("reference").mayOnlyAccessLayers("graph")
            .whereLayer("selftest")
            .mayOnlyAccessLayers("emit", "reference", "weights", "graph", "diagnostic", "runtime")
            .whereLayer("runtime").mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture()
            .because("a package that uses a later one cannot be understood or tested by itself");

    @ArchTest
    static final ArchRule FORMATS_DO_NOT_LEAN_ON_EACH_OTHER_IN_CIRCLES = slices()
            .matching("io.xceptionc.compiler.format.(*)..")
            .should().beFreeOfCycles()
            .because("a format that another one is read by, such as zip, is understood without it");

    @ArchTest
    static final ArchRule OPERATORS_ARE_RECORDS = classes()
            .that().areAssignableTo("io.xceptionc.compiler.graph.op.Op").and().areNotInterfaces()
            .should().beRecords()
            .allowEmptyShould(true)
            .because("passes compare operators by value and never change one");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils")
            .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Manager")
            .orShould().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameStartingWith("Abstract")
            .because("such names fit anything, and so attract it");
}
