List said = new File(basedir, 'build.log').readLines().findAll { it =~ /INFO\] (generated|1 model up to date)/ }
    .collect { it.replaceFirst(/.*INFO\] /, '') }
assert said == [
    'generated 1 model: 10 files written, 0 files removed, 0 unchanged', // first
    'generated 1 model: 10 files written, 10 files removed, 0 unchanged', // name
    '1 model up to date', // none
    'generated 1 model: 3 files written, 0 files removed, 7 unchanged', // weights: they, their digest and the self-test
    'generated 1 model: 1 file written, 0 files removed, 9 unchanged', // labels
    'generated 1 model: 2 files written, 0 files removed, 8 unchanged', // spec: the network's class and the self-test
]

// Nothing is left of the model's first name.
File target = new File(basedir, 'target')
List files = []
target.eachFileRecurse { files << it }
List models = files.findAll { it.isFile() && it.path =~ /.xceptionc.model.(sum|total)./ && !it.path.contains('maven-status') }
assert models.every { it.name.startsWith('Total') }
assert models.count { it.name.endsWith('.class') } == 6
assert models.count { it.name.endsWith('.weights') } == 2 // generated, and beside the class
File list = new File(target, 'classes/META-INF/services/io.xceptionc.runtime.ModelProvider')
assert list.text == 'xceptionc.model.total.TotalModel\n'

// What did not change was not written again, from the build on in which nothing did.
long unchangedSince = new File(basedir, 'marker').lastModified()
assert models.findAll { it.name ==~ /TotalKernels.*\.java/ }.every { it.lastModified() < unchangedSince }
assert new File(target, 'generated-sources/xceptionc/xceptionc/model/total/Total.java').lastModified() > unchangedSince
File listed = new File(target, 'generated-resources/xceptionc-providers/META-INF/services/io.xceptionc.runtime.ModelProvider')
assert listed.lastModified() < unchangedSince
