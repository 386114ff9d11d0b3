assert new File(basedir, 'models/target/classes/xceptionc/model/sum/Sum.weights').isFile()
assert new File(basedir, 'program/target/classes/xceptionc/model/pair/Pair.weights').isFile()
assert new File(basedir, 'program/target/classes/com/example/Program.class').isFile()
