String specs = new File(basedir, 'src/main/xceptionc').path
List errors = new File(basedir, 'build.log').readLines().findAll { it.startsWith('[ERROR] ' + specs) }
    .collect { it.substring('[ERROR] '.length() + specs.length() + 1) }
List expected = [
    'EXPECTED',
]
assert errors == expected + expected // by check, then by generate
assert new File(basedir, 'build.log').text.contains('xceptionc found 3 errors; see above')
