package io.xceptionc.runtime.picture;

import java.io.IOException;

/** A file is no picture that is read; the message says why and, where there is one, the way out. */
public final class PictureException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** With what is wrong, as in "is damaged: ...". */
    PictureException(String problem) {
        this(problem, null);
    }

    /** With what is wrong, and what has told it. */
    PictureException(String problem, Throwable cause) {
        this("the file", problem, cause);
    }

    private PictureException(String subject, String problem, Throwable cause) {
        super(subject + " " + problem, cause);
        this.problem = problem;
    }

    /** Of a picture that is not what its format says. */
    static PictureException damaged(String how) {
        return new PictureException("is damaged: " + how);
    }

    /** The same of a picture that has a name. */
    PictureException of(String subject) {
        return new PictureException(subject, problem, getCause());
    }

    /** Returns the message without the picture's name, such as "is damaged: ...". */
    public String problem() {
        return problem;
    }
}
