package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.ReferencesType.Reference;
import java.util.Optional;

/**
 * One of a network's results, as its author wrote it.
 *
 * @param name what programs call it
 * @param span where it is named
 * @param layer the layer whose result it is
 * @param labels names of its classes
 */
public record OutputSpec(String name, SourceSpan span, Reference layer, Optional<LabelsSpec> labels) {}
