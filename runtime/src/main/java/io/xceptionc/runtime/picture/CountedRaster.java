package io.xceptionc.runtime.picture;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RasterFormatException;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import javax.imageio.ImageTypeSpecifier;

/**
 * The memory of a picture, in which pixels can be written so many times and no more. It ends decoders that go over all
 * pixels again without reading anything, such as for one of a thousand transforms of a WebP file.
 */
final class CountedRaster extends WritableRaster {

    /** A WebP pixel is written when it is decoded, and by each of four transforms. */
    static final int MOST_WRITES_OF_A_PIXEL = 8;

    private final Budget budget;

    /** The writes that are left, and the clock. */
    private static final class Budget {
        private final Deadline deadline;
        private long writes;

        Budget(Deadline deadline, long writes) {
            this.deadline = deadline;
            this.writes = writes;
        }

        void take() {
            if (--writes < 0) {
                throw new RasterFormatException(deadline.fail(
                        PictureException.damaged("it transforms its pixels again and again")).getMessage());
            }
        }
    }

    private CountedRaster(SampleModel model, DataBuffer data, Point start, Budget budget) {
        super(model, data, start);
        this.budget = budget;
    }

    private CountedRaster(Raster part, CountedRaster whole) {
        super(part.getSampleModel(), part.getDataBuffer(), part.getBounds(),
                new Point(part.getSampleModelTranslateX(), part.getSampleModelTranslateY()), whole);
        this.budget = whole.budget;
    }

    /** A picture in counted memory. */
    static BufferedImage picture(ImageTypeSpecifier type, int width, int height, Deadline deadline) {
        SampleModel model = type.getSampleModel(width, height);
        Budget budget = new Budget(deadline, (long) MOST_WRITES_OF_A_PIXEL * width * height);
        CountedRaster raster = new CountedRaster(model, model.createDataBuffer(), new Point(), budget);
        return new BufferedImage(type.getColorModel(), raster, false, null);
    }

    /** The same picture in plain memory, without a copy. */
    static BufferedImage uncounted(BufferedImage picture) {
        WritableRaster raster = picture.getRaster();
        WritableRaster plain = Raster.createWritableRaster(raster.getSampleModel(), raster.getDataBuffer(), null);
        return new BufferedImage(picture.getColorModel(), plain, picture.isAlphaPremultiplied(), null);
    }

    @Override
    public void setDataElements(int x, int y, Object element) {
        budget.take();
        super.setDataElements(x, y, element);
    }

    @Override
    public WritableRaster createWritableChild(int x, int y, int width, int height, int childX, int childY,
            int[] bands) {
        Raster plain = Raster.createWritableRaster(getSampleModel(), getDataBuffer(),
                new Point(getSampleModelTranslateX(), getSampleModelTranslateY()));
        return new CountedRaster(plain.createChild(x, y, width, height, childX, childY, bands), this);
    }
}
