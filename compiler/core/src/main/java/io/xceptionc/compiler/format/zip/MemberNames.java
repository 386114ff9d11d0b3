package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.util.Arrays;

/** Which names a member may have: relative ones that stay inside the archive. */
final class MemberNames {

    private static final int LONGEST = 4096;

    private MemberNames() {}

    /** Refuses any other name. */
    static void require(MappedFile file, String name) throws InvalidInputException {
        if (name.isEmpty() || name.length() > LONGEST || name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")
                || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0
                || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw ZipArchive.damaged(file, name, "is no relative path inside the archive");
        }
    }
}
