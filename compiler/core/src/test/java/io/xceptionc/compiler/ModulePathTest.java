package io.xceptionc.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.runtime.CompiledModel;
import java.io.File;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model jar is a module: a program finds it, and the Vector API with it, without an option for either. */
class ModulePathTest {

    private static final String PROGRAM = """
            import io.xceptionc.runtime.Classification;
            import io.xceptionc.runtime.CompiledModel;
            import io.xceptionc.runtime.ModelProvider;
            import java.awt.image.BufferedImage;

            public class Program {
                public static void main(String[] arguments) {
                    try (CompiledModel model = PROVIDER.open()) {
                        for (Classification likely : model.classify(new BufferedImage(20, 30, 1), 2)) {
                            System.out.println(likely.rank() + " " + likely.label());
                        }
                    }
                }
            }
            """;

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("pets.yaml"), """
                model: pets
                input: {shape: [16, 16, 3]}
                labels: [cat, dog]
                layers:
                  - conv2d: {filters: 8, kernel: 3, stride: 2, activation: relu}
                  - global_avg_pool2d
                  - dense: {units: 2, activation: softmax}
                """);
        jar = folder.resolve("pets.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(1), jar, _ -> {
        });
    }

    @Test
    void isFoundByItsName() throws Exception {
        assertClassifies(run("ModelProvider.named(\"pets\")", List.of("-p", modulePath())));
    }

    @Test
    void isOpenedByItsOwnClass() throws Exception {
        assertClassifies(run("new xceptionc.model.pets.PetsModel()", List.of("-p", modulePath())));
    }

    @Test
    void isFoundOnTheClassPathAsWell() throws Exception {
        assertClassifies(run("ModelProvider.named(\"pets\")", List.of("--add-modules", "jdk.incubator.vector", "-cp",
                modulePath())));
    }

    /** As a program's own module may be, into which a model was generated. */
    @Test
    void aModuleThatKeepsTheFilesToItselfIsToldWhatToAdd() throws Exception {
        Path closed = Files.copy(jar, folder.resolve("closed.jar"));
        ClassDesc provider = ClassDesc.of("xceptionc.model.pets.PetsModel");
        byte[] module = ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of("com.example.closed"),
                builder -> builder.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null)
                        .requires(ModuleDesc.of("jdk.incubator.vector"), 0, null)
                        .requires(ModuleDesc.of("io.xceptionc.runtime"), 0, null)
                        .provides(ClassDesc.of("io.xceptionc.runtime.ModelProvider"), provider)),
                builder -> builder.with(ModulePackagesAttribute.ofNames(PackageDesc.of(provider.packageName()))));
        try (FileSystem content = FileSystems.newFileSystem(closed)) {
            Files.write(content.getPath("module-info.class"), module);
        }
        String output = run("ModelProvider.named(\"pets\")", List.of("-p", modulePath(closed)));
        assertTrue(
                output.contains("ModelException: the files of xceptionc.model.pets.Pets cannot be read, as the module"
                        + " com.example.closed keeps them to itself; add to its module-info.java: opens xceptionc.model.pets to"
                        + " io.xceptionc.runtime;\n"),
                output);
    }

    @Test
    void aNameThatNoModelHasIsRefusedWithThoseThatThereAre() throws Exception {
        String output = run("ModelProvider.named(\"dogs\")", List.of("-p", modulePath()));
        assertTrue(
                output.contains("ModelException: there is no model 'dogs' on the class path or module path; there are"
                        + " [pets]\n"),
                output);
    }

    private static void assertClassifies(String output) {
        List<String> classes = output.lines().filter(line -> line.matches("\\d .*")).toList();
        assertTrue(classes.equals(List.of("1 cat", "2 dog")) || classes.equals(List.of("1 dog", "2 cat")), output);
    }

    private static String modulePath() {
        return modulePath(jar);
    }

    private static String modulePath(Path model) {
        return Path.of(CompiledModel.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString()
                + File.pathSeparator + model;
    }

    private static String run(String provider, List<String> options) throws Exception {
        Path program = Files.writeString(Files.createDirectories(folder.resolve("program")).resolve("Program.java"),
                PROGRAM.replace("PROVIDER", provider));
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        if (options.contains("-p")) {
            command.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
        }
        command.add(program.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(output.contains("Exception") ? 1 : 0, process.waitFor(), output);
        return output;
    }
}
