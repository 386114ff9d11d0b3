package io.xceptionc.compiler.diagnostic;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says what is wrong with a file; exceptions themselves often say no more than the file's name. */
public final class FileProblem {

    private FileProblem() {}

    /** The file and what is wrong with it, on one line. */
    public static String describe(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException exists -> exists.getFile() + ": exists already, and is in the way";
            case NotDirectoryException noFolder -> noFolder.getFile() + ": is no folder";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> problem.getMessage() == null ? problem.toString() : problem.getMessage();
        };
    }
}
