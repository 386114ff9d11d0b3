package io.xceptionc.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line is one of the compiler's callers, and knows no more of it than any other. */
@AnalyzeClasses(packages = "io.xceptionc.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_COMPILER_IS_SEEN_THROUGH_ITS_API = noClasses()
            .should().dependOnClassesThat(resideInAPackage("io.xceptionc.compiler..").and(not(resideInAnyPackage(
                    "io.xceptionc.compiler.api", "io.xceptionc.compiler.diagnostic", "io.xceptionc.compiler.output",
                    "io.xceptionc.compiler.format.npy", "io.xceptionc.compiler.format.file",
                    "io.xceptionc.compiler.weights..", "io.xceptionc.compiler.lower", "io.xceptionc.compiler.graph",
                    "io.xceptionc.compiler.pass", "io.xceptionc.compiler.jar", "io.xceptionc.compiler.spec",
                    "io.xceptionc.compiler.selftest", "io.xceptionc.compiler.export"))))
            .because("a phase that nobody outside calls can be changed");
}
