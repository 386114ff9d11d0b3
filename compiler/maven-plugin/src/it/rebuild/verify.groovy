List said = new File(basedir, 'build.log').readLines().findAll { it =~ /INFO\] (generated|1 model up to date)/ }
    .collect { it.replaceFirst(/.*INFO\] /, '') }
assert said == [
    'generated 1 model: 8 files written, 0 files removed, 0 unchanged', // first
    '1 model up to date', // none
    'generated 1 model: 2 files written, 0 files removed, 6 unchanged', // weights: they and their digest
    'generated 1 model: 1 file written, 0 files removed, 7 unchanged', // labels
    'generated 1 model: 1 file written, 0 files removed, 7 unchanged', // spec, which has labels of its own now
    'generated 1 model: 8 files written, 8 files removed, 0 unchanged', // name
]

// Nothing is left of the model's first name.
List files = []
new File(basedir, 'target').eachFileRecurse { files << it.path.replace('\\', '/').replaceFirst('.*/target/', '') }
List ofModels = files.findAll { it =~ /\/xceptionc\/model\// && !it.contains('maven-status') }
assert ofModels.every { it.contains('/model/total') }
assert ofModels.count { it.endsWith('.class') } == 5
assert ofModels.count { it.endsWith('.weights') } == 2 // generated, and beside the class
