package io.xceptionc.compiler.format.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataSpaceMessage;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group or dataset. */
public final class Hdf5Object {

    private static final String SEPARATOR = "/";

    private final Hdf5File file;
    private final String path;
    private final long address;
    private final ObjectHeader header;
    private Map<String, Hdf5Link> links;

    /** Reads an object's header; to be called {@link Hdf5File#guarded}. */
    Hdf5Object(Hdf5File file, String path, long address) {
        this.file = file;
        this.path = path;
        this.address = address;
        this.header = ObjectHeader.readObjectHeader(file.storage(), address);
    }

    /** The names of the links that lead here from the root, each after a slash. */
    public String path() {
        return path;
    }

    /** What tells it from other objects of its file. */
    public long address() {
        return address;
    }

    /** Whether it is a dataset, else a group. */
    public boolean isDataset() {
        return header.hasMessageOfType(DataSpaceMessage.class);
    }

    /** The links of a group by their names, in the order of the file; of a dataset none. */
    public Map<String, Hdf5Link> links() throws InvalidInputException {
        if (links == null) {
            links = isDataset() ? Map.of() : file.guarded(path, () -> GroupLinks.read(file.storage(), header));
        }
        return links;
    }

    /**
     * What a link of this group leads to; empty if there is none of the name.
     *
     * @throws InvalidInputException if it leads anywhere but to an object of this file, or that is damaged
     */
    public Optional<Hdf5Object> child(String name) throws InvalidInputException {
        Hdf5Link link = links().get(name);
        if (link == null) {
            return Optional.empty();
        }
        String childPath = path.equals(SEPARATOR) ? path + name : path + SEPARATOR + name;
        return Optional.of(file.guarded(childPath, () -> switch (link) {
            case Hdf5Link.Hard hard -> new Hdf5Object(file, childPath, hard.address());
            case Hdf5Link.Soft soft -> throw soft.refusal();
            case Hdf5Link.External external -> throw external.refusal();
        }));
    }

    /** What a path of names and slashes leads to from here; empty if there is nothing. */
    public Optional<Hdf5Object> find(String relativePath) throws InvalidInputException {
        Optional<Hdf5Object> found = Optional.of(this);
        for (String name : List.of(relativePath.split(SEPARATOR))) {
            if (!name.isEmpty() && found.isPresent()) {
                found = found.get().child(name);
            }
        }
        return found;
    }

    /** The text, or list of texts, of an attribute; empty if there is no such attribute. */
    public Optional<List<String>> texts(String attribute) throws InvalidInputException {
        return file.guarded(path, () -> TextAttributes.read(file.storage(), header, attribute));
    }

    /** The single text of an attribute; empty if there is no such attribute, or a list of several. */
    public Optional<String> text(String attribute) throws InvalidInputException {
        return texts(attribute).filter(texts -> texts.size() == 1).map(List::getFirst);
    }

    /** The tensor that a dataset is. */
    public Hdf5Dataset dataset() throws InvalidInputException {
        return file.guarded(path, () -> Hdf5Dataset.read(file, path, header));
    }
}
