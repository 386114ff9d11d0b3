List lines = new File(basedir, 'build.log').readLines()
assert lines.count { it.endsWith('generated 1 model: 10 files written, 0 files removed, 0 unchanged') } == 3
assert lines.count { it.endsWith('1 model up to date') } == 3
assert lines.any { it.contains('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0') }
