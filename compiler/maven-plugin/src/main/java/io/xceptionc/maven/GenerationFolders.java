package io.xceptionc.maven;

import java.nio.file.Path;

/**
 * Where things are and go.
 *
 * @param specs the specs
 * @param sources generated sources
 * @param resources generated resources
 * @param providers the list of the models, see {@link ProviderList}
 * @param classes what Maven makes of both
 */
record GenerationFolders(Path specs, Path sources, Path resources, Path providers, Path classes) {}
