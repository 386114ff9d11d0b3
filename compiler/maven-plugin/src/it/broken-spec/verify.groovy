String specs = new File(basedir, 'src/main/xceptionc').path
List errors = new File(basedir, 'build.log').readLines().findAll { it.startsWith('[ERROR] ' + specs) }
    .collect { it.substring('[ERROR] '.length() + specs.length() + 1) }
List expected = [
    "first.yaml:[4,46] conv2d 'stem' has a window of 9 x 9, its padded input is only 8 x 8 [E201]; use a larger input, more padding or a smaller kernel",
    "first.yaml:[5,5] there is no operator 'global_avg_pol2d' [E107]; did you mean 'global_avg_pool2d'?",
    'second.yaml:[3,1] what begins here does not end [E101]; close the quote or bracket',
]
assert errors == expected + expected // by check, then by generate
assert new File(basedir, 'build.log').text.contains('xceptionc found 3 errors; see above')
