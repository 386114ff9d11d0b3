String log = new File(basedir, 'build.log').text
String spec = new File(basedir, 'src/main/xceptionc/sum.yaml').path
[
    "generated code needs xceptionc-runtime, which is not among the dependencies of this project; add",
    "generated code is Java 25, but this project is compiled for Java 17; set the property",
    "the weights of ${spec} are not there: ${new File(basedir, 'none.safetensors').path}; correct <weights><sum>",
    "[ERROR] ${new File(basedir, 'pom.xml').path}: is a text, not a weights file [E303]; ",
    "[ERROR] ${spec}:[5,5] the tensors of ${new File(basedir, 'foreign.h5').path} cannot be bound by order", // HDF5
    "[ERROR] match is auto or name or order, not 'shape'",
    "[ERROR] ${spec}: the values of a session take ",
].each { assert log.contains(it.toString()) : it }
assert !log.contains('SLF4J')
assert !new File(basedir, 'target/generated-sources').exists()
