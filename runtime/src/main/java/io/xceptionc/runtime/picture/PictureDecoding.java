package io.xceptionc.runtime.picture;

import io.xceptionc.runtime.image.ImageTensor;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** One decoding of a picture by a reader of ImageIO, which is asked for its size first. */
final class PictureDecoding {

    /** So many are read of any file: what a damaged one declares costs little. */
    private static final long HARMLESS_PIXELS = 1 << 22;

    /** More than a byte can stand for in a whole file; Deflate packs 1032 bytes of 8 black or white pixels. */
    private static final long MOST_PIXELS_OF_A_BYTE = 10_000;

    private final ByteSource file;
    private final PictureLimits limits;
    private final PictureOrientation orientation;
    private final Deadline deadline;
    private PictureFormat format = PictureFormat.OTHER;

    PictureDecoding(ByteSource file, PictureLimits limits, PictureOrientation orientation, Deadline deadline) {
        this.file = file;
        this.limits = limits;
        this.orientation = orientation;
        this.deadline = deadline;
    }

    BufferedImage decode() throws IOException {
        format = PictureFormat.of(file);
        ShownBytes shown;
        int turn = ExifOrientation.NONE;
        try (PictureStream stream = new PictureStream(file, deadline)) {
            shown = format.show(file, stream);
            if (orientation == PictureOrientation.UPRIGHT) {
                turn = ExifOrientation.of(format, file, stream);
            }
        }
        return TurnedPicture.of(decode(shown), turn);
    }

    private BufferedImage decode(ShownBytes shown) throws IOException {
        try (PictureStream stream = new PictureStream(shown.bytes(), deadline)) {
            ImageReader reader = reader(stream, shown.decoding());
            try {
                reader.setInput(stream, true, true);
                requireSize(reader.getWidth(0), reader.getHeight(0));
                BufferedImage picture = read(reader, shown.decoding());
                if (deadline.failure().isPresent()) { // which the reader has taken for the end of the file
                    throw deadline.failure().orElseThrow();
                }
                if (shown.decoding() instanceof ShownBytes.Counted counted
                        && stream.getStreamPosition() > counted.end()) {
                    throw PictureException.damaged("it ends too early");
                }
                return picture;
            } finally {
                reader.dispose();
            }
        }
    }

    private ImageReader reader(PictureStream stream, ShownBytes.Decoding decoding) throws PictureException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (!(decoding instanceof ShownBytes.Inks) || reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            reader.dispose();
        }
        throw new PictureException(format == PictureFormat.WEBP || format == PictureFormat.ICO
                ? "is of the format " + format + ", but no reader of ImageIO takes it; a plugin on the class path may"
                : "is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP");
    }

    private void requireSize(int width, int height) throws PictureException {
        if (Math.max(width, height) > ImageTensor.MAXIMUM_PICTURE_SIDE) {
            throw new PictureException("has " + PictureLimits.count(width) + " x " + PictureLimits.count(height)
                    + " pixels; at most " + PictureLimits.count(ImageTensor.MAXIMUM_PICTURE_SIDE)
                    + " to a side are read");
        }
        long pixels = (long) width * height;
        if (pixels > limits.pixels()) {
            throw new PictureException("has " + PictureLimits.count(pixels) + " pixels; at most "
                    + PictureLimits.count(limits.pixels()) + " are read; make it smaller");
        }
        if (pixels > HARMLESS_PIXELS && pixels / MOST_PIXELS_OF_A_BYTE > file.length()) {
            throw PictureException.damaged("it declares " + PictureLimits.count(pixels) + " pixels, but has only "
                    + PictureLimits.count(file.length()) + " bytes");
        }
    }

    private BufferedImage read(ImageReader reader, ShownBytes.Decoding decoding) throws IOException {
        ImageReadParam parameters = reader.getDefaultReadParam();
        return switch (decoding) {
            case ShownBytes.Plain _ -> {
                thin(parameters, reader.getWidth(0), reader.getHeight(0));
                yield reader.read(0, parameters);
            }
            case ShownBytes.Inks inks -> {
                thin(parameters, reader.getWidth(0), reader.getHeight(0));
                yield InkPicture.of(reader.readRaster(0, parameters), inks.ycck());
            }
            case ShownBytes.Counted canvas -> {
                parameters.setDestination(CountedRaster.picture(reader.getImageTypes(0).next(), reader.getWidth(0),
                        reader.getHeight(0), deadline));
                yield onCanvas(CountedRaster.uncounted(reader.read(0, parameters)), canvas);
            }
        };
    }

    /**
     * Keeps every n-th pixel of every n-th row of a picture that is too large to be held whole, from the middle of n.
     */
    private void thin(ImageReadParam parameters, int width, int height) {
        int step = 1;
        while ((long) Math.ceilDiv(width, step) * Math.ceilDiv(height, step) > limits.wholePixels()) {
            step++;
        }
        if (step > 1) {
            int stepX = Math.min(step, width);
            int stepY = Math.min(step, height);
            parameters.setSourceSubsampling(stepX, stepY, (stepX - 1) / 2, (stepY - 1) / 2);
        }
    }

    private BufferedImage onCanvas(BufferedImage frame, ShownBytes.Counted canvas) throws PictureException {
        int width = canvas.canvasWidth() == 0 ? frame.getWidth() : canvas.canvasWidth();
        int height = canvas.canvasHeight() == 0 ? frame.getHeight() : canvas.canvasHeight();
        if (width == frame.getWidth() && height == frame.getHeight()) {
            return frame;
        }
        requireSize(width, height);
        if (canvas.left() > width - frame.getWidth() || canvas.top() > height - frame.getHeight()) {
            throw PictureException.damaged("its frame is larger than its canvas");
        }
        BufferedImage whole = new BufferedImage(width, height, frame.getType());
        WritableRaster target = whole.getRaster();
        target.setRect(canvas.left(), canvas.top(), frame.getRaster());
        return whole;
    }
}
