List lines = new File(basedir, 'build.log').readLines()
assert lines.count { it.endsWith('generated 1 model: 10 files written, 0 files removed, 0 unchanged') } == 3
assert lines.count { it.endsWith('1 model up to date') } == 3
assert lines.any { it.contains('Tests run: 3, Failures: 0, Errors: 0, Skipped: 0') }

// One list for the program, in which the project's own is taken up, and one for the tests.
String list = 'META-INF/services/io.xceptionc.runtime.ModelProvider'
assert new File(basedir, "target/classes/$list").readLines() ==
    ['com.example.Own', 'com.example.one.SameModel', 'com.example.others.SameModel']
assert new File(basedir, "target/test-classes/$list").readLines() == ['xceptionc.model.numbers.NumbersModel']
