package io.xceptionc.runtime.picture;

import java.io.IOException;

/** A file is no picture that is read; the message says why and, where there is one, the way out. */
public final class PictureException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** With what is wrong, as in "is damaged: ...". */
    PictureException(String problem) {
        this("the picture", problem);
    }

    private PictureException(String subject, String problem) {
        super(subject + " " + problem);
        this.problem = problem;
    }

    /** Of a picture that is not what its format says. */
    static PictureException damaged(String how) {
        return new PictureException("is damaged: " + how);
    }

    /** The same of a picture that has a name. */
    PictureException of(String subject) {
        PictureException named = new PictureException(subject, problem);
        named.initCause(getCause());
        return named;
    }

    /** Returns the message without the picture's name, such as "is damaged: ...". */
    public String problem() {
        return problem;
    }
}
