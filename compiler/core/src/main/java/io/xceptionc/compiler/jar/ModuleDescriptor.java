package io.xceptionc.compiler.jar;

import io.xceptionc.runtime.ModelProvider;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;

/**
 * The module that a model jar is: it requires the Vector API, so that a program on the module path needs no option for
 * it, and provides its model to {@link java.util.ServiceLoader}.
 */
final class ModuleDescriptor {

    /** The entry of a jar that holds it. */
    static final String ENTRY = "module-info.class";

    private ModuleDescriptor() {}

    /**
     * The module of a model, called after its package.
     *
     * @param packageName of all classes of the model
     * @param providerName the model's {@link ModelProvider}
     */
    static byte[] of(String packageName, String providerName) {
        ClassDesc provider = ClassDesc.of(providerName);
        ModuleDesc runtime = ModuleDesc.of(ModelProvider.class.getPackageName());
        ModuleAttribute module = ModuleAttribute.of(ModuleDesc.of(packageName), builder -> builder
                .requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null)
                .requires(ModuleDesc.of("jdk.incubator.vector"), 0, null)
                .requires(runtime, ClassFile.ACC_TRANSITIVE, null)
                .exports(PackageDesc.of(packageName), 0)
                .opens(PackageDesc.of(packageName), 0, runtime) // for the files beside the classes
                .provides(ClassDesc.of(ModelProvider.class.getName()), provider));
        return ClassFile.of().buildModule(module,
                builder -> builder.with(ModulePackagesAttribute.ofNames(PackageDesc.of(packageName))));
    }
}
