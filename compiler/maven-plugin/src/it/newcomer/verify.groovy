String log = new File(basedir, 'build.log').text
assert log.contains('generated 1 model: 10 files written, 0 files removed, 0 unchanged')
assert log.contains('tiny.yaml: there are no weights beside it, so they are drawn from seed 0')
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
assert !log.contains('generated code uses the Vector API')
