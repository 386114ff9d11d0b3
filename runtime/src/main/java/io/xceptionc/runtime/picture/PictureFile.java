package io.xceptionc.runtime.picture;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Reads the first picture of a file, in any format that ImageIO has a reader for: what {@code ImageIO.read} is for
 * files that one trusts.
 *
 * <p>Whatever the bytes are, the end is a picture or one typed problem, within {@link PictureLimits}: the work that a
 * file asks for is counted before it is done, and decoding ends with its time. Nothing is written to temporary files.
 *
 * <p>The levels are those of Pillow's {@code convert("RGB")}: alpha is dropped, profiles are not applied, and four inks
 * become colours as there. A picture is turned as its EXIF says, unless {@link PictureOrientation#STORED} is asked for.
 * What has no such levels is refused by name: TIFF of floating-point, signed or 32-bit numbers, of CMYK, L*a*b* and raw
 * sensors.
 */
public final class PictureFile {

    /** What cannot be read at any place, such as a pipe, is taken into memory first. */
    private static final int MOST_PIPED_BYTES = 1 << 28;

    private PictureFile() {}

    /**
     * Reads a file within {@link PictureLimits#USUAL}.
     *
     * @throws PictureException if it is none, cannot be read, is damaged or too large; the message names the file
     */
    public static BufferedImage read(Path file) throws PictureException {
        return read(file, PictureLimits.USUAL);
    }

    /**
     * Reads a file.
     *
     * @throws PictureException if it is none, cannot be read, is damaged or too large; the message names the file
     */
    public static BufferedImage read(Path file, PictureLimits limits) throws PictureException {
        return read(file, limits, PictureOrientation.UPRIGHT);
    }

    /**
     * Reads a file.
     *
     * @throws PictureException if it is none, cannot be read, is damaged or too large; the message names the file
     */
    public static BufferedImage read(Path file, PictureLimits limits, PictureOrientation orientation)
            throws PictureException {
        try {
            if (isOpenAlready(file) && !Files.isRegularFile(file)) {
                return decode(ByteSource.of(piped(file)), limits, orientation);
            }
            requireRegularFile(file);
            try (FileChannel channel = FileChannel.open(file)) {
                return decode(ByteSource.of(channel), limits, orientation);
            }
        } catch (PictureException e) {
            throw e.of(file.toString());
        } catch (IOException e) {
            throw new PictureException(describe(e), e).of(file.toString());
        }
    }

    /**
     * Reads bytes within {@link PictureLimits#USUAL}.
     *
     * @throws PictureException if they are none, damaged or too large
     */
    public static BufferedImage read(byte[] bytes) throws PictureException {
        return read(bytes, PictureLimits.USUAL);
    }

    /**
     * Reads bytes.
     *
     * @throws PictureException if they are none, damaged or too large
     */
    public static BufferedImage read(byte[] bytes, PictureLimits limits) throws PictureException {
        return read(bytes, limits, PictureOrientation.UPRIGHT);
    }

    /**
     * Reads bytes.
     *
     * @throws PictureException if they are none, damaged or too large
     */
    public static BufferedImage read(byte[] bytes, PictureLimits limits, PictureOrientation orientation)
            throws PictureException {
        return decode(ByteSource.of(bytes), limits, orientation);
    }

    /**
     * Whether a name stands for what the process was given open, as {@code /dev/stdin}: opening that waits for nobody.
     */
    private static boolean isOpenAlready(Path file) {
        return file.startsWith("/dev/fd") || file.startsWith("/proc/self/fd") || file.equals(Path.of("/dev/stdin"));
    }

    private static byte[] piped(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_PIPED_BYTES + 1);
            if (bytes.length > MOST_PIPED_BYTES) {
                throw new PictureException("has more than " + PictureLimits.count(MOST_PIPED_BYTES)
                        + " bytes, which are only read of a file");
            }
            return bytes;
        } catch (OutOfMemoryError e) {
            throw new PictureException("takes more memory than there is");
        }
    }

    /** Opening a pipe would wait for whoever writes to it, and a device may never end. */
    private static void requireRegularFile(Path file) throws IOException {
        if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
            throw new PictureException("is no regular file but a pipe, a device or the like; save it to a file first");
        }
    }

    private static String describe(IOException problem) {
        return switch (problem) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "cannot be read; check its permissions";
            case FileSystemException other when other.getReason() != null -> "cannot be read: " + other.getReason();
            default -> "cannot be read: " + Objects.requireNonNullElse(problem.getMessage(), problem.toString());
        };
    }

    private static BufferedImage decode(ByteSource file, PictureLimits limits, PictureOrientation orientation)
            throws PictureException {
        return decode(file, limits, orientation, new Deadline(limits.time()));
    }

    /** Reads bytes by another clock. */
    static BufferedImage decode(ByteSource file, PictureLimits limits, Deadline deadline) throws PictureException {
        return decode(file, limits, PictureOrientation.UPRIGHT, deadline);
    }

    private static BufferedImage decode(ByteSource file, PictureLimits limits, PictureOrientation orientation,
            Deadline deadline) throws PictureException {
        try {
            return new PictureDecoding(file, limits, orientation, deadline).decode();
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError | AssertionError e) {
            throw deadline.failure().orElseGet(() -> problem(e));
        }
    }

    /** What readers throw on damaged files is of all sorts. */
    private static PictureException problem(Throwable e) {
        return switch (e) {
            case PictureException problem -> problem;
            case OutOfMemoryError _ -> new PictureException("takes more memory than there is");
            case EOFException _ -> PictureException.damaged("it ends too early");
            default -> {
                String message = e.getMessage() == null ? e.toString() : e.getMessage();
                yield new PictureException("is damaged: " + message.strip().replaceAll("\\s*\\R\\s*", " "), e);
            }
        };
    }
}
