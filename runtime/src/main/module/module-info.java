/** What a compiled model needs at run time. */
module io.xceptionc.runtime {
    requires transitive java.desktop;
    requires java.management;
    requires jdk.incubator.vector;
    requires jdk.jfr;
    requires jdk.management;

    exports io.xceptionc.runtime;
    exports io.xceptionc.runtime.image;
    exports io.xceptionc.runtime.kernel;
    exports io.xceptionc.runtime.kernel.shared;
    exports io.xceptionc.runtime.picture;

    uses io.xceptionc.runtime.ModelProvider;
}
