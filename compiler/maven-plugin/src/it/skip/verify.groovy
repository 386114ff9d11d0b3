List said = new File(basedir, 'build.log').readLines().findAll { it =~ /INFO\] (generated|skipped)/ }
    .collect { it.replaceFirst(/.*INFO\] /, '') }
assert said == ['skipped', 'generated 1 model: 10 files written, 0 files removed, 0 unchanged', 'skipped']

// What was generated before is compiled and packed all the same.
assert new File(basedir, 'target/classes/xceptionc/model/sum/Sum.class').isFile()
assert new File(basedir, 'target/classes/xceptionc/model/sum/Sum.weights').isFile()
