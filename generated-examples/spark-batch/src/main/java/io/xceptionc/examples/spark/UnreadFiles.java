package io.xceptionc.examples.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;

/** Files without a byte, which Spark's readers pass over in silence, and those that are too long for an executor. */
final class UnreadFiles {

    private UnreadFiles() {}

    /** The answers to those in a folder and in those in it. */
    static List<Row> answers(FileSystem files, Path folder, AnswerColumns columns) throws IOException {
        List<Row> answers = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        int depth = files.makeQualified(folder).depth();
        while (all.hasNext()) {
            LocatedFileStatus file = all.next();
            boolean tooLong = file.getLen() > PictureBytes.MOST_BYTES;
            if ((file.getLen() == 0 || tooLong) && !isHidden(file.getPath(), depth)) {
                answers.add(columns.error(file.getPath().toString(), tooLong
                        ? "longer than " + PictureBytes.MOST_BYTES + " bytes"
                        : "empty"));
            }
        }
        return answers;
    }

    /** Spark does not read what has such a name, nor what is in a folder of such a name. */
    private static boolean isHidden(Path file, int folderDepth) {
        for (Path part = file; part.depth() > folderDepth; part = part.getParent()) {
            if (part.getName().startsWith(".") || part.getName().startsWith("_")) {
                return true;
            }
        }
        return false;
    }
}
