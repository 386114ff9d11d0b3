String log = new File(basedir, 'build.log').text
assert log.contains('generated 1 model: 10 files written, 0 files removed, 0 unchanged')
assert log.contains('tiny.yaml: there are no weights beside it, so they are drawn from seed 0')
assert log.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0')
assert !log.contains('generated code uses the Vector API')

new java.util.jar.JarFile(new File(basedir, 'target/newcomer-1.jar')).withCloseable { jar ->
    def list = jar.getEntry('META-INF/services/io.xceptionc.runtime.ModelProvider')
    assert jar.getInputStream(list).text == 'xceptionc.model.tiny.TinyModel\n'
    assert jar.getEntry('xceptionc/model/tiny/Tiny.weights') != null
}
