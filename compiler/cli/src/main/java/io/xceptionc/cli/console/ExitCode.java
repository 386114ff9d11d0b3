package io.xceptionc.cli.console;

/** What the process ends with. */
public enum ExitCode {
    /** All went well. */
    FINE(0),
    /** A spec, a weights file, a model or a picture is wrong, or a file cannot be read or written. */
    WRONG_INPUT(1),
    /** The command line itself is wrong. */
    WRONG_CALL(2),
    /** A defect of xceptionc; 70 is {@code EX_SOFTWARE} of sysexits.h. */
    DEFECT(70);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
