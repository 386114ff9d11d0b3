package io.xceptionc.compiler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
            .layer("compiler").definedBy("io.xceptionc.compiler")
            .layer("build").definedBy("io.xceptionc.compiler.build..")
            .layer("diagnostic").definedBy("io.xceptionc.compiler.diagnostic..")
            .layer("output").definedBy("io.xceptionc.compiler.output..")
            .layer("spec").definedBy("io.xceptionc.compiler.spec..")
            .layer("language").definedBy("io.xceptionc.compiler.language..")
            .layer("graph").definedBy("io.xceptionc.compiler.graph..")
            .layer("weights").definedBy("io.xceptionc.compiler.weights..")
            .layer("lower").definedBy("io.xceptionc.compiler.lower..")
            .layer("pass").definedBy("io.xceptionc.compiler.pass..")
            .layer("plan").definedBy("io.xceptionc.compiler.plan..")
            .layer("emit").definedBy("io.xceptionc.compiler.emit..")
            .layer("jar").definedBy("io.xceptionc.compiler.jar..")
            .layer("export").definedBy("io.xceptionc.compiler.export..")
            .layer("imports").definedBy("io.xceptionc.compiler.imports..")
            .layer("reference").definedBy("io.xceptionc.compiler.reference..")
            .layer("runtime").definedBy("io.xceptionc.runtime..")
            .whereLayer("build").mayNotBeAccessedByAnyLayer()
            .whereLayer("build").mayOnlyAccessLayers("compiler", "diagnostic")
            .whereLayer("compiler").mayOnlyBeAccessedByLayers("build")
            .whereLayer("diagnostic").mayNotAccessAnyLayer()
            .whereLayer("output").mayNotAccessAnyLayer()
            .whereLayer("language").mayOnlyAccessLayers("graph", "weights", "diagnostic")
            .whereLayer("spec").mayOnlyAccessLayers("language", "diagnostic")
            .whereLayer("graph").mayOnlyAccessLayers("diagnostic")
            .whereLayer("weights").mayOnlyAccessLayers("graph", "output", "diagnostic")
            .whereLayer("lower").mayOnlyAccessLayers("spec", "language", "graph", "weights", "diagnostic", "runtime")
            .whereLayer("pass").mayOnlyAccessLayers("graph", "diagnostic")
            .whereLayer("plan").mayOnlyAccessLayers("graph", "diagnostic", "runtime")
            .whereLayer("emit").mayOnlyAccessLayers("plan", "graph", "diagnostic", "runtime")
            .whereLayer("jar").mayOnlyAccessLayers("output", "emit", "plan", "graph", "diagnostic", "runtime")
            .whereLayer("export").mayOnlyAccessLayers("graph", "runtime")
            .whereLayer("imports").mayOnlyAccessLayers("spec", "language", "graph", "weights", "diagnostic")
            .whereLayer("reference").mayOnlyAccessLayers("graph")
            .whereLayer("runtime").mayNotAccessAnyLayer()
            .ensureAllClassesAreContainedInArchitecture()
            .because("a package that uses a later one cannot be understood or tested by itself");

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
