package io.xceptionc.runtime.image;

/**
 * The luma of coloured rows, {@code (19595 r + 38470 g + 7471 b + 32768) >> 16}.
 *
 * <p>Source: Pillow, {@code src/libImaging/Convert.c}, {@code rgb2l}. The weights sum to 65536, so grey stays as it is.
 */
final class GreyRows implements RowSource {
    private final RowSource colours;
    private final byte[] row;

    GreyRows(RowSource colours) {
        this.colours = colours;
        this.row = new byte[colours.width() * colours.channels()];
    }

    @Override
    public int width() {
        return colours.width();
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void read(int rowIndex, byte[] levels) {
        colours.read(rowIndex, row);
        for (int x = 0; x < width(); x++) {
            int red = Byte.toUnsignedInt(row[3 * x]);
            int green = Byte.toUnsignedInt(row[3 * x + 1]);
            int blue = Byte.toUnsignedInt(row[3 * x + 2]);
            levels[x] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
        }
    }
}
